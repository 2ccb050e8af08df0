// grpc-go as a subject of the benches: `server OPTIONS` prints its port and answers each line on its standard input with
// its CPU time; `client OPTIONS` warms up, prints `ready`, and at a line does its calls and prints what they took.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"syscall"

	"google.golang.org/protobuf/types/known/typepb"
)

// Options are those of the JavaScript subjects.
type options struct {
	Port     int    `json:"port"`
	Codec    string `json:"codec"`
	Headers  string `json:"headers"`
	Calls    int    `json:"calls"`
	InFlight int    `json:"inFlight"`
}

func main() {
	var asked options
	fail(json.Unmarshal([]byte(os.Args[2]), &asked))
	switch os.Args[1] {
	case "server":
		fail(serve(asked))
	case "client":
		fail(call(asked))
	}
}

// sample is the message of the benches, as subjects/message.mjs has it.
var sample = &typepb.Field{
	Kind:         typepb.Field_TYPE_STRING,
	Cardinality:  typepb.Field_CARDINALITY_OPTIONAL,
	Number:       7,
	Name:         "customer_name",
	TypeUrl:      "type.googleapis.com/shop.v1.Customer",
	JsonName:     "customerName",
	DefaultValue: "somebody who ordered",
	Packed:       true,
}

// raw passes messages as they are: the rows with bytes in and out.
type raw struct{}

func (raw) Marshal(message any) ([]byte, error) { return *message.(*[]byte), nil }

func (raw) Unmarshal(bytes []byte, message any) error {
	*message.(*[]byte) = bytes
	return nil
}

func (raw) Name() string { return "proto" }

func cpuMicros() int64 {
	var usage syscall.Rusage
	fail(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return usage.Utime.Nano()/1000 + usage.Stime.Nano()/1000
}

func waitForLine(input *bufio.Scanner) bool { return input.Scan() }

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
