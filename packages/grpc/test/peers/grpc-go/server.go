package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// serve says where it listens, and ends with its standard input.
func serve() error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := grpc.NewServer(grpc.ForceServerCodec(raw{}), grpc.UnknownServiceHandler(handle))
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	fmt.Println("listening", listener.Addr().(*net.TCPAddr).Port)
	return server.Serve(listener)
}

func handle(_ any, stream grpc.ServerStream) error {
	path, _ := grpc.MethodFromServerStream(stream)
	if !strings.HasPrefix(path, service) {
		return status.Error(codes.Unimplemented, "unknown method "+path)
	}
	asked, _ := metadata.FromIncomingContext(stream.Context())
	head := metadata.MD{}
	for _, name := range []string{"x-text", "x-data-bin"} {
		head.Append(name, asked.Get(name)...)
	}
	if err := stream.SetHeader(head); err != nil {
		return err
	}
	stream.SetTrailer(metadata.Pairs("x-tail", "end"))
	switch first(asked, "x-do") {
	case "fail":
		told, err := status.New(codes.NotFound, "no such item: ü").WithDetails(&errdetails.ErrorInfo{Reason: "GONE"})
		if err != nil {
			return err
		}
		return told.Err()
	case "hang":
		<-stream.Context().Done()
		return stream.Context().Err()
	}
	return echo(path[strings.LastIndex(path, "/")+1:], asked, stream)
}

func echo(method string, asked metadata.MD, stream grpc.ServerStream) error {
	var message []byte
	for received := 0; ; received++ {
		var next []byte
		if err := stream.RecvMsg(&next); err == io.EOF {
			stream.SetTrailer(metadata.Pairs("x-received", strconv.Itoa(received)))
			break
		} else if err != nil {
			return err
		}
		message = next
		if method == "Bidi" {
			if err := stream.SendMsg(&message); err != nil {
				return err
			}
		}
	}
	times := map[string]int{"Unary": 1, "ClientStream": 1}[method]
	if method == "ServerStream" {
		times, _ = strconv.Atoi(first(asked, "x-count"))
	}
	for ; times > 0; times-- {
		if err := stream.SendMsg(&message); err != nil {
			return err
		}
	}
	return nil
}

func first(asked metadata.MD, name string) string {
	return strings.Join(asked.Get(name), "")
}
