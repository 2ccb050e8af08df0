package main

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/typepb"
)

// Messages of one answer, as subjects/message.mjs has it.
const streamed = 10000

func serve(asked options) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	var codec []grpc.ServerOption
	if asked.Codec == "bytes" {
		codec = append(codec, grpc.ForceServerCodec(raw{}))
	}
	server := grpc.NewServer(codec...)
	server.RegisterService(describe(asked.Codec), nil)
	go func() {
		input := bufio.NewScanner(os.Stdin)
		for waitForLine(input) {
			fmt.Printf("{\"cpuMicros\":%d}\n", cpuMicros())
		}
		os.Exit(0)
	}()
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	return server.Serve(listener)
}

// describe is what protoc-gen-go-grpc would have generated.
func describe(codec string) *grpc.ServiceDesc {
	request, answer := newMessage(codec)
	return &grpc.ServiceDesc{
		ServiceName: "t.T",
		Methods: []grpc.MethodDesc{{
			MethodName: "Say",
			Handler: func(_ any, _ context.Context, decode func(any) error, _ grpc.UnaryServerInterceptor) (any, error) {
				return answer, decode(request())
			},
		}},
		Streams: []grpc.StreamDesc{{
			StreamName:    "Watch",
			ServerStreams: true,
			Handler: func(_ any, stream grpc.ServerStream) error {
				if err := stream.RecvMsg(request()); err != nil {
					return err
				}
				for i := 0; i < streamed; i++ {
					if err := stream.SendMsg(answer); err != nil {
						return err
					}
				}
				return nil
			},
		}},
	}
}

// newMessage gives an empty message to decode into, and the sample, for a codec.
func newMessage(codec string) (empty func() any, full any) {
	if codec != "bytes" {
		return func() any { return new(typepb.Field) }, sample
	}
	return func() any { return new([]byte) }, &sampleBytes
}

var sampleBytes = func() []byte {
	bytes, err := proto.Marshal(sample)
	fail(err)
	return bytes
}()
