package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
)

// As many as the JavaScript subjects make.
const warmUpCalls = 10000

func call(asked options) error {
	codec := []grpc.CallOption{}
	if asked.Codec == "bytes" {
		codec = append(codec, grpc.ForceCodec(raw{}))
	}
	connection, err := grpc.NewClient(fmt.Sprintf("127.0.0.1:%d", asked.Port),
		grpc.WithTransportCredentials(insecure.NewCredentials()), grpc.WithDefaultCallOptions(codec...))
	if err != nil {
		return err
	}
	if err := many(connection, asked, warmUpCalls); err != nil {
		return err
	}
	fmt.Println("ready")
	waitForLine(bufio.NewScanner(os.Stdin))
	before, begin := cpuMicros(), time.Now()
	if err := many(connection, asked, asked.Calls); err != nil {
		return err
	}
	seconds := time.Since(begin).Seconds()
	return json.NewEncoder(os.Stdout).Encode(map[string]any{
		"units": asked.Calls, "seconds": seconds, "cpuMicros": cpuMicros() - before,
	})
}

// many makes calls, so many in flight at any time, and gives the first error.
func many(connection *grpc.ClientConn, asked options, calls int) error {
	var started atomic.Int64
	var workers sync.WaitGroup
	failures := make(chan error, asked.InFlight)
	for range asked.InFlight {
		workers.Go(func() {
			for started.Add(1) <= int64(calls) {
				if err := one(connection, asked); err != nil {
					failures <- err
					return
				}
			}
		})
	}
	workers.Wait()
	close(failures)
	return <-failures
}

var number atomic.Int64

func one(connection *grpc.ClientConn, asked options) error {
	var current int64
	if asked.Headers != "static" {
		current = number.Add(1)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	ctx = metadata.AppendToOutgoingContext(ctx,
		"authorization", "Bearer 4f1d2b7c9e8a4f1d2b7c9e8a4f1d2b7c9e8a",
		"x-tenant", "acme-eu-west-1",
		"x-app", "checkout/3.14.2",
		"x-locale", "de-CH",
		"traceparent", fmt.Sprintf("00-4bf92f3577b34da6a3ce929d0e0e4736-%016x-01", current),
		"x-request-id", fmt.Sprintf("7d2c1a90-44f1-4e0b-%016x", current))
	empty, full := newMessage(asked.Codec)
	return connection.Invoke(ctx, "/t.T/Say", full, empty())
}
