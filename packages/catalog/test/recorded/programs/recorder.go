// Command recorder makes one call with grpc-go and prints its error in the shapes in which services log it, one JSON
// line each. The order is the only argument, a JSON object as in the recorder's wire-event.ts.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"
)

type order struct {
	Target, Call, TLS, CaPem, Method                                      string
	DeadlineMs, KeepaliveMs, CancelAfterMs, MaxReceiveBytes, RequestBytes int
	CloseAfterMs                                                          *int
}

// rawCodec sends bytes as they are.
type rawCodec struct{}

func (rawCodec) Marshal(v any) ([]byte, error)      { return *v.(*[]byte), nil }
func (rawCodec) Unmarshal(data []byte, v any) error { *v.(*[]byte) = data; return nil }
func (rawCodec) Name() string                       { return "proto" }

func main() {
	o := order{DeadlineMs: 3000, RequestBytes: 4, Method: "/shop.v1.Orders/Get", TLS: "plain"}
	if err := json.Unmarshal([]byte(os.Args[1]), &o); err != nil {
		panic(err)
	}
	conn, err := grpc.NewClient(o.Target, options(o)...)
	if err != nil {
		show(err)
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(o.DeadlineMs)*time.Millisecond)
	defer cancel()
	if o.CancelAfterMs > 0 {
		time.AfterFunc(time.Duration(o.CancelAfterMs)*time.Millisecond, cancel)
	}
	if o.CloseAfterMs != nil {
		if *o.CloseAfterMs == 0 {
			conn.Close()
		} else {
			time.AfterFunc(time.Duration(*o.CloseAfterMs)*time.Millisecond, func() { conn.Close() })
		}
	}
	if err := call(ctx, conn, o); err != nil {
		show(err)
	}
}

func call(ctx context.Context, conn *grpc.ClientConn, o order) error {
	request, answer := make([]byte, o.RequestBytes), []byte{}
	raw := grpc.ForceCodec(rawCodec{})
	if o.Call != "server-stream" {
		return conn.Invoke(ctx, o.Method, &request, &answer, raw)
	}
	stream, err := conn.NewStream(ctx, &grpc.StreamDesc{ServerStreams: true}, o.Method, raw)
	if err != nil {
		return err
	}
	if err := stream.SendMsg(&request); err != nil {
		return err
	}
	if err := stream.CloseSend(); err != nil {
		return err
	}
	for {
		if err := stream.RecvMsg(&answer); err != nil {
			return err
		}
	}
}

func options(o order) []grpc.DialOption {
	found := []grpc.DialOption{grpc.WithTransportCredentials(credentialsOf(o))}
	if o.KeepaliveMs > 0 {
		// grpc-go raises anything below ten seconds to ten seconds.
		found = append(found, grpc.WithKeepaliveParams(keepalive.ClientParameters{
			Time:    time.Duration(o.KeepaliveMs) * time.Millisecond,
			Timeout: time.Duration(o.KeepaliveMs) * time.Millisecond,
		}))
	}
	if o.MaxReceiveBytes > 0 {
		found = append(found, grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(o.MaxReceiveBytes)))
	}
	return found
}

func credentialsOf(o order) credentials.TransportCredentials {
	if o.TLS == "plain" {
		return insecure.NewCredentials()
	}
	if o.TLS == "system" {
		return credentials.NewTLS(&tls.Config{})
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM([]byte(o.CaPem))
	return credentials.NewTLS(&tls.Config{RootCAs: pool})
}

func show(err error) {
	now := time.Now().Format("2006/01/02 15:04:05")
	for _, text := range []string{
		err.Error(),
		fmt.Sprintf("%s could not get order: %v", now, err),
	} {
		line, _ := json.Marshal(map[string]string{"text": text})
		fmt.Println(string(line))
	}
}
