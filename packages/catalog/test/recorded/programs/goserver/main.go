// Command goserver is a grpc-go server for the recorder: prints its port, then does what its argument says. Ends by itself
// after 30 s.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/keepalive"
)

// rawCodec passes bytes as they are.
type rawCodec struct{}

func (rawCodec) Marshal(v any) ([]byte, error)      { return *v.(*[]byte), nil }
func (rawCodec) Unmarshal(data []byte, v any) error { *v.(*[]byte) = data; return nil }
func (rawCodec) Name() string                       { return "proto" }

func main() {
	act := os.Args[1]
	options := []grpc.ServerOption{grpc.ForceServerCodec(rawCodec{})}
	if act == "limit" {
		options = append(options, grpc.MaxRecvMsgSize(1000))
	}
	if act == "age" {
		options = append(options, grpc.KeepaliveParams(keepalive.ServerParameters{
			MaxConnectionAge:      1500 * time.Millisecond,
			MaxConnectionAgeGrace: 300 * time.Millisecond,
		}))
	}
	server := grpc.NewServer(options...)
	get := func(_ any, _ context.Context, decode func(any) error, _ grpc.UnaryServerInterceptor) (any, error) {
		request := []byte{}
		if err := decode(&request); err != nil {
			return nil, err
		}
		switch act {
		case "error":
			return nil, errors.New("stock table is empty")
		case "panic":
			panic("price of nil")
		case "stop":
			time.AfterFunc(200*time.Millisecond, server.Stop)
		}
		time.Sleep(20 * time.Second)
		return &request, nil
	}
	server.RegisterService(&grpc.ServiceDesc{
		ServiceName: "shop.v1.Orders",
		HandlerType: (*any)(nil),
		Methods:     []grpc.MethodDesc{{MethodName: "Get", Handler: get}},
	}, struct{}{})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	time.AfterFunc(30*time.Second, func() { os.Exit(0) })
	_ = server.Serve(listener)
	time.Sleep(time.Second)
}
