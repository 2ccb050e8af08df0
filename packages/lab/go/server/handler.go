package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
)

const (
	warmUpID = 0
	asideID  = 0xffffffff
)

// handler answers the four methods of packages/lab/src/drivers/lab-method.ts.
type handler struct {
	journal *os.File
	time    time.Duration
}

func (h handler) handle(_ any, stream grpc.ServerStream) error {
	path, _ := grpc.MethodFromServerStream(stream)
	answers := strings.HasSuffix(path, "/BidiStream")
	for taken := 0; ; taken++ {
		var message []byte
		if err := stream.RecvMsg(&message); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		if taken == 0 {
			h.execute(stream, message)
		}
		if answers {
			if err := answer(stream); err != nil {
				return err
			}
		}
	}
	switch {
	case answers:
		return nil
	case strings.HasSuffix(path, "/ServerStream"):
		return answerMany(stream)
	}
	return answer(stream)
}

// execute notes the call and works on it; a context that ends is not looked at, as few handlers do.
func (h handler) execute(stream grpc.ServerStream, message []byte) {
	switch id := callID(message); id {
	case warmUpID:
	case asideID:
		<-stream.Context().Done()
	default:
		fmt.Fprintf(h.journal, "%d\n", id)
		show(line{"kind": "executed"})
		time.Sleep(h.time)
	}
}

func answer(stream grpc.ServerStream) error {
	empty := []byte{}
	return stream.SendMsg(&empty)
}

func answerMany(stream grpc.ServerStream) error {
	fields, _ := metadata.FromIncomingContext(stream.Context())
	count := number(fields.Get("lab-messages"), 1)
	every := millis(number(fields.Get("lab-message-every-ms"), 0))
	for sent := range count {
		if sent > 0 {
			time.Sleep(every)
		}
		if err := answer(stream); err != nil {
			return err
		}
	}
	return nil
}

func number(values []string, otherwise int) int {
	if len(values) == 0 {
		return otherwise
	}
	value, err := strconv.Atoi(values[0])
	if err != nil {
		return otherwise
	}
	return value
}

// callID is the first four bytes of a google.protobuf.BytesValue's only field.
func callID(message []byte) uint32 {
	at := 1
	for at < len(message) && message[at]&0x80 != 0 {
		at++
	}
	if len(message) < at+5 {
		return warmUpID
	}
	return binary.BigEndian.Uint32(message[at+1:])
}

// raw passes messages as they are.
type raw struct{}

func (raw) Name() string { return "proto" }

func (raw) Marshal(message any) ([]byte, error) { return *message.(*[]byte), nil }

func (raw) Unmarshal(data []byte, message any) error {
	*message.(*[]byte) = append([]byte{}, data...)
	return nil
}
