// Asks for health as Go programs do, with grpc-go's own client: `check ADDRESS SERVICE` prints the status and ends with 0 when
// it is SERVING, 4 when it is not, 3 when the call failed (as grpc-health-probe does); `watch ADDRESS SERVICE` prints each
// status that the server tells, until standard input ends.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health/grpc_health_v1"
)

func main() {
	verb, address, service := os.Args[1], os.Args[2], os.Args[3]
	connection, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		panic(err)
	}
	client := grpc_health_v1.NewHealthClient(connection)
	request := &grpc_health_v1.HealthCheckRequest{Service: service}
	if verb == "check" {
		os.Exit(check(client, request))
	}
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	stream, err := client.Watch(ctx, request)
	for err == nil {
		var answer *grpc_health_v1.HealthCheckResponse
		if answer, err = stream.Recv(); err == nil {
			fmt.Println(answer.Status)
		}
	}
}

func check(client grpc_health_v1.HealthClient, request *grpc_health_v1.HealthCheckRequest) int {
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
	defer stop()
	answer, err := client.Check(ctx, request)
	if err != nil {
		fmt.Println(err)
		return 3
	}
	fmt.Println(answer.Status)
	if answer.Status != grpc_health_v1.HealthCheckResponse_SERVING {
		return 4
	}
	return 0
}
