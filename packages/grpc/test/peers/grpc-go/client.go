package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

const service = "/holdfast.peers.v1.Echo/"

// 10 s: longer than anything here takes; it ends a hang.
const limit = 10 * time.Second

func dial(target string) (*grpc.ClientConn, error) {
	const most = 16 << 20 // four times the default: messages of 1 MB and their copies fit easily
	return grpc.NewClient(target,
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodec(raw{}), grpc.MaxCallRecvMsgSize(most), grpc.WaitForReady(true)))
}

func callAll(target string) (map[string]any, error) {
	connection, err := dial(target)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	facts := map[string]any{}
	for _, story := range []func(context.Context, *grpc.ClientConn, map[string]any) error{unary, streams, failures} {
		if err := story(ctx, connection, facts); err != nil {
			return nil, err
		}
	}
	return facts, nil
}

func unary(ctx context.Context, connection *grpc.ClientConn, facts map[string]any) error {
	ctx = metadata.AppendToOutgoingContext(ctx, "x-text", "text", "x-data-bin", "\x00\x01\xff")
	request := bytes.Repeat([]byte("0123456789"), 100_000)
	var response []byte
	var head, tail metadata.MD
	err := connection.Invoke(ctx, service+"Unary", &request, &response, grpc.Header(&head), grpc.Trailer(&tail))
	facts["unary"] = map[string]any{
		"same":  bytes.Equal(request, response),
		"head":  first(head, "x-text"),
		"bytes": hex.EncodeToString([]byte(first(head, "x-data-bin"))),
		"tail":  first(tail, "x-tail"),
	}
	return err
}

func streams(ctx context.Context, connection *grpc.ClientConn, facts map[string]any) error {
	counted := metadata.AppendToOutgoingContext(ctx, "x-count", "50")
	watched, _, err := talk(counted, connection, "ServerStream", []string{strings.Repeat("x", 20_000)})
	if err != nil {
		return err
	}
	facts["serverStream"] = len(watched)
	pieces := make([]string, 50)
	for i := range pieces {
		pieces[i] = strings.Repeat("y", 20_000)
	}
	uploaded, tail, err := talk(ctx, connection, "ClientStream", append(pieces, "last"))
	if err != nil {
		return err
	}
	facts["clientStream"] = []any{strings.Join(uploaded, ""), first(tail, "x-received")}
	chatted, _, err := talk(ctx, connection, "Bidi", []string{"a", "b", "c"})
	facts["bidi"] = strings.Join(chatted, "")
	return err
}

// talk sends all messages, then reads all answers.
func talk(ctx context.Context, connection *grpc.ClientConn, method string, messages []string) ([]string, metadata.MD, error) {
	description := &grpc.StreamDesc{ServerStreams: true, ClientStreams: true}
	stream, err := connection.NewStream(ctx, description, service+method)
	if err != nil {
		return nil, nil, err
	}
	for _, message := range messages {
		bytes := []byte(message)
		if err := stream.SendMsg(&bytes); err != nil && !errors.Is(err, io.EOF) {
			return nil, nil, err
		}
	}
	if err := stream.CloseSend(); err != nil {
		return nil, nil, err
	}
	var answers []string
	for {
		var answer []byte
		if err := stream.RecvMsg(&answer); errors.Is(err, io.EOF) {
			return answers, stream.Trailer(), nil
		} else if err != nil {
			return nil, nil, err
		}
		answers = append(answers, string(answer))
	}
}

func failures(ctx context.Context, connection *grpc.ClientConn, facts map[string]any) error {
	call := func(ctx context.Context, what string) *status.Status {
		message := []byte{}
		err := connection.Invoke(metadata.AppendToOutgoingContext(ctx, "x-do", what), service+"Unary", &message, &message)
		return status.Convert(err)
	}
	failed := call(ctx, "fail")
	facts["fail"] = []any{failed.Code(), failed.Message(), len(failed.Details())}
	short, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
	defer cancel()
	facts["deadline"] = call(short, "hang").Code()
	cancelled, cancel := context.WithCancel(ctx)
	time.AfterFunc(200*time.Millisecond, cancel)
	facts["cancel"] = call(cancelled, "hang").Code()
	return nil
}

func load(target string, calls int) (map[string]any, error) {
	connection, err := dial(target)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 2*limit)
	defer cancel()
	codes := make(chan string, calls)
	slots := make(chan struct{}, 20)
	var all sync.WaitGroup
	for range calls {
		slots <- struct{}{}
		all.Add(1)
		go func() {
			defer all.Done()
			message := []byte("load")
			err := connection.Invoke(ctx, service+"Unary", &message, &message)
			codes <- status.Code(err).String()
			<-slots
		}()
	}
	all.Wait()
	close(codes)
	facts := map[string]any{}
	for code := range codes {
		count, _ := facts[code].(int)
		facts[code] = count + 1
	}
	return facts, nil
}
