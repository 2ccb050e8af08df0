// grpc-go with health and with the settings that it is given as JSON, to be measured from outside. It says where it listens,
// leaves gracefully at SIGTERM, and ends with its standard input.
package main

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/keepalive"
)

type settings struct {
	IdleMs, AgeMs, GraceMs, MinTimeMs int64
	PermitWithoutCalls                bool
	MaxStreams                        uint32
	Port                              int
	Cert, Key                         string
}

func ms(count int64) time.Duration { return time.Duration(count) * time.Millisecond }

func main() {
	var given settings
	fail(json.Unmarshal([]byte(os.Args[1]), &given))
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", given.Port))
	fail(err)
	options := []grpc.ServerOption{
		grpc.KeepaliveParams(keepalive.ServerParameters{
			MaxConnectionIdle:     ms(given.IdleMs),
			MaxConnectionAge:      ms(given.AgeMs),
			MaxConnectionAgeGrace: ms(given.GraceMs),
		}),
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{
			MinTime:             ms(given.MinTimeMs),
			PermitWithoutStream: given.PermitWithoutCalls,
		}),
	}
	if given.MaxStreams > 0 {
		options = append(options, grpc.MaxConcurrentStreams(given.MaxStreams))
	}
	if given.Key != "" {
		pair, err := tls.X509KeyPair([]byte(given.Cert), []byte(given.Key))
		fail(err)
		options = append(options, grpc.Creds(credentials.NewServerTLSFromCert(&pair)))
	}
	server := grpc.NewServer(options...)
	grpc_health_v1.RegisterHealthServer(server, health.NewServer())
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	terminated := make(chan os.Signal, 1)
	signal.Notify(terminated, syscall.SIGTERM)
	go func() {
		<-terminated
		time.AfterFunc(2*time.Second, server.Stop)
		server.GracefulStop()
		os.Exit(0)
	}()
	fmt.Println("listening", listener.Addr().(*net.TCPAddr).Port)
	fail(server.Serve(listener))
	select {}
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
