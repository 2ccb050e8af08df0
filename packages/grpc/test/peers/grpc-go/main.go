// grpc-go as a peer: `serve` answers the echo service of ../echo, `call` runs every kind of call against a server of ours
// and prints what came back as one line of JSON, `load` makes many calls and counts how they end.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
)

func main() {
	if len(os.Args) < 2 {
		fail(fmt.Errorf("usage: serve | call TARGET | load TARGET CALLS"))
	}
	switch os.Args[1] {
	case "serve":
		fail(serve())
	case "call":
		show(callAll(os.Args[2]))
	case "load":
		calls, err := strconv.Atoi(os.Args[3])
		fail(err)
		show(load(os.Args[2], calls))
	}
}

func show(facts map[string]any, err error) {
	fail(err)
	fail(json.NewEncoder(os.Stdout).Encode(facts))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// raw passes messages as they are: what the peers say to each other needs no schema.
type raw struct{}

func (raw) Name() string { return "proto" }

func (raw) Marshal(message any) ([]byte, error) { return *message.(*[]byte), nil }

func (raw) Unmarshal(data []byte, message any) error {
	*message.(*[]byte) = append([]byte{}, data...)
	return nil
}
