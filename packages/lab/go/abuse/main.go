// The server of grpc-go, to be attacked: its only argument is a JSON order, and it ends with its standard input.
package main

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
)

type order struct {
	TLS *struct {
		CertPem string `json:"certPem"`
		KeyPem  string `json:"keyPem"`
	} `json:"tls"`
	TLSHandshakeMs int `json:"tlsHandshakeMs"`
}

// 64 KiB, as the other servers answer.
const largeBytes = 65536

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve() error {
	var given order
	if err := json.Unmarshal([]byte(os.Args[1]), &given); err != nil {
		return err
	}
	options := []grpc.ServerOption{grpc.ForceServerCodec(raw{}), grpc.UnknownServiceHandler(handle)}
	if given.TLS != nil {
		pair, err := tls.X509KeyPair([]byte(given.TLS.CertPem), []byte(given.TLS.KeyPem))
		if err != nil {
			return err
		}
		options = append(options, grpc.Creds(credentials.NewServerTLSFromCert(&pair)))
	}
	if given.TLSHandshakeMs > 0 {
		options = append(options, grpc.ConnectionTimeout(time.Duration(given.TLSHandshakeMs)*time.Millisecond))
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	fmt.Println("listening", listener.Addr().(*net.TCPAddr).Port)
	return grpc.NewServer(options...).Serve(listener)
}

func handle(_ any, stream grpc.ServerStream) error {
	var message []byte
	if err := stream.RecvMsg(&message); err != nil {
		return err
	}
	if path, _ := grpc.MethodFromServerStream(stream); strings.HasSuffix(path, "/Large") {
		message = make([]byte, largeBytes)
	}
	return stream.SendMsg(&message)
}

// raw passes messages as they are.
type raw struct{}

func (raw) Name() string { return "proto" }

func (raw) Marshal(message any) ([]byte, error) { return *message.(*[]byte), nil }

func (raw) Unmarshal(data []byte, message any) error {
	*message.(*[]byte) = append([]byte{}, data...)
	return nil
}
