// A server of grpc-go with its own health and reflection: what `holdfast diagnose` meets in the wild. It says where it
// listens, and ends with its standard input. `--bare` leaves health and reflection out; a second argument pair is a
// certificate and its key.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"os"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/reflection"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	bare := len(os.Args) > 1 && os.Args[1] == "--bare"
	var options []grpc.ServerOption
	if len(os.Args) > 2 {
		transport, err := credentials.NewServerTLSFromFile(os.Args[1], os.Args[2])
		if err != nil {
			log.Fatal(err)
		}
		options = append(options, grpc.Creds(transport))
	}
	server := grpc.NewServer(options...)
	if !bare {
		checks := health.NewServer()
		checks.SetServingStatus("shop.Shop", healthpb.HealthCheckResponse_NOT_SERVING)
		healthpb.RegisterHealthServer(server, checks)
		reflection.Register(server)
	}
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	fmt.Println("listening", listener.Addr().(*net.TCPAddr).Port)
	log.Fatal(server.Serve(listener))
}
