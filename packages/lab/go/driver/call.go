package main

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"strconv"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
)

const (
	warmUpID = 0
	asideID  = 0xffffffff
)

var methods = map[string]string{
	"unary":            "/holdfast.lab.v1.Lab/Call",
	"server-streaming": "/holdfast.lab.v1.Lab/ServerStream",
	"client-streaming": "/holdfast.lab.v1.Lab/ClientStream",
	"bidi-streaming":   "/holdfast.lab.v1.Lab/BidiStream",
}

// makeCall makes one call of the kind; the error is the client's own.
func makeCall(ctx context.Context, channel *grpc.ClientConn, id uint32, kind string, planned plan) error {
	message := callMessage(id, planned.RequestBytes)
	if kind == "unary" {
		var answer []byte
		return channel.Invoke(ctx, methods[kind], &message, &answer)
	}
	if kind == "server-streaming" {
		ctx = metadata.AppendToOutgoingContext(ctx,
			"lab-messages", strconv.Itoa(planned.Messages),
			"lab-message-every-ms", strconv.Itoa(planned.MessageEveryMs))
	}
	sends := kind != "server-streaming"
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := channel.NewStream(ctx, &grpc.StreamDesc{
		ClientStreams: sends, ServerStreams: kind != "client-streaming",
	}, methods[kind])
	if err != nil {
		return err
	}
	count := 1
	if sends {
		count = planned.Messages
	}
	if kind == "bidi-streaming" {
		go send(stream, message, count, millis(planned.MessageEveryMs))
	} else {
		send(stream, message, count, millis(planned.MessageEveryMs))
	}
	return receive(stream, kind == "client-streaming")
}

// send ends early if the stream has ended: receive then says how.
func send(stream grpc.ClientStream, message []byte, count int, every time.Duration) {
	for sent := range count {
		if sent > 0 {
			select {
			case <-time.After(every):
			case <-stream.Context().Done():
				return
			}
		}
		if stream.SendMsg(&message) != nil {
			return
		}
	}
	stream.CloseSend()
}

func receive(stream grpc.ClientStream, one bool) error {
	for {
		var answer []byte
		err := stream.RecvMsg(&answer)
		if errors.Is(err, io.EOF) || (err == nil && one) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// callMessage is a google.protobuf.BytesValue that begins with the call's number.
func callMessage(id uint32, size int) []byte {
	payload := make([]byte, max(size, 4))
	binary.BigEndian.PutUint32(payload, id)
	message := binary.AppendUvarint([]byte{0x0a}, uint64(len(payload)))
	return append(message, payload...)
}

// raw passes messages as they are.
type raw struct{}

func (raw) Name() string { return "proto" }

func (raw) Marshal(message any) ([]byte, error) { return *message.(*[]byte), nil }

func (raw) Unmarshal(data []byte, message any) error {
	*message.(*[]byte) = append([]byte{}, data...)
	return nil
}
