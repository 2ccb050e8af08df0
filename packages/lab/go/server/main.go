// Serves the lab's calls with grpc-go: keeps the contract of packages/lab/src/subjects/server-order.ts. Its only argument is an
// order in JSON; the end of standard input is the end of the process.
package main

import (
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/keepalive"
)

type order struct {
	Port    int    `json:"port"`
	Journal string `json:"journal"`
	TLS     *struct {
		CertPem string `json:"certPem"`
		KeyPem  string `json:"keyPem"`
	} `json:"tls"`
	Settings settings `json:"settings"`
}

type settings struct {
	HandlerMs               *int `json:"handlerMs"`
	MaxConnectionAgeMs      int  `json:"maxConnectionAgeMs"`
	MaxConnectionAgeGraceMs int  `json:"maxConnectionAgeGraceMs"`
	MaxConnectionIdleMs     int  `json:"maxConnectionIdleMs"`
	Pings                   *struct {
		MinTimeMs          int  `json:"minTimeMs"`
		PermitWithoutCalls bool `json:"permitWithoutCalls"`
	} `json:"pings"`
	MaxConcurrentStreams uint32         `json:"maxConcurrentStreams"`
	OnSigterm            string         `json:"onSigterm"`
	GraceMs              int            `json:"graceMs"`
	Options              map[string]any `json:"options"`
}

type line map[string]any

func main() {
	var given order
	if err := json.Unmarshal([]byte(os.Args[1]), &given); err != nil {
		fmt.Fprintln(os.Stderr, "server:", err)
		os.Exit(1)
	}
	show(line{"kind": "versions", "versions": line{"grpc-go": grpc.Version, "go": strings.TrimPrefix(runtime.Version(), "go")}})
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	if err := serve(given); err != nil {
		var refused *refusal
		if errors.As(err, &refused) {
			show(line{"kind": "unsupported", "setting": refused.setting, "why": refused.why})
			return
		}
		show(line{"kind": "failed", "text": err.Error()})
	}
}

// refusal is a setting that the server does not have, or not with this value.
type refusal struct{ setting, why string }

func (r *refusal) Error() string { return r.setting + ": " + r.why }

func serve(given order) error {
	options, err := serverOptions(given)
	if err != nil {
		return err
	}
	journal, err := os.OpenFile(given.Journal, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", given.Port))
	if err != nil {
		return err
	}
	work := handler{journal: journal, time: 5 * time.Millisecond}
	if given.Settings.HandlerMs != nil {
		work.time = millis(*given.Settings.HandlerMs)
	}
	server := grpc.NewServer(append(options, grpc.ForceServerCodec(raw{}), grpc.UnknownServiceHandler(work.handle))...)
	stopped := make(chan struct{})
	go stopOnSigterm(server, given.Settings, stopped)
	show(line{"kind": "listening", "port": listener.Addr().(*net.TCPAddr).Port})
	if err := server.Serve(listener); err != nil {
		return err
	}
	<-stopped
	return nil
}

func serverOptions(given order) ([]grpc.ServerOption, error) {
	s := given.Settings
	options := []grpc.ServerOption{grpc.KeepaliveParams(keepalive.ServerParameters{
		MaxConnectionAge:      millis(s.MaxConnectionAgeMs),
		MaxConnectionAgeGrace: millis(s.MaxConnectionAgeGraceMs),
		MaxConnectionIdle:     millis(s.MaxConnectionIdleMs),
	})}
	if s.Pings != nil {
		options = append(options, grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{
			MinTime: millis(s.Pings.MinTimeMs), PermitWithoutStream: s.Pings.PermitWithoutCalls,
		}))
	}
	if s.MaxConcurrentStreams > 0 {
		options = append(options, grpc.MaxConcurrentStreams(s.MaxConcurrentStreams))
	}
	if given.TLS != nil {
		pair, err := tls.X509KeyPair([]byte(given.TLS.CertPem), []byte(given.TLS.KeyPem))
		if err != nil {
			return nil, err
		}
		options = append(options, grpc.Creds(credentials.NewServerTLSFromCert(&pair)))
	}
	for name, value := range s.Options {
		number, isNumber := value.(float64)
		switch {
		case name == "MaxRecvMsgSize" && isNumber:
			options = append(options, grpc.MaxRecvMsgSize(int(number)))
		case name == "MaxSendMsgSize" && isNumber:
			options = append(options, grpc.MaxSendMsgSize(int(number)))
		case name == "MaxHeaderListSize" && isNumber:
			options = append(options, grpc.MaxHeaderListSize(uint32(number)))
		case name == "ConnectionTimeout" && isNumber:
			options = append(options, grpc.ConnectionTimeout(millis(int(number))))
		default:
			return nil, &refusal{"options", fmt.Sprintf("the program knows no server option %s that takes %v", name, value)}
		}
	}
	return options, nil
}

func stopOnSigterm(server *grpc.Server, s settings, stopped chan<- struct{}) {
	defer close(stopped)
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGTERM)
	<-asked
	switch s.OnSigterm {
	case "exit":
		os.Exit(0)
	case "at-once":
		server.Stop()
	default:
		if s.GraceMs > 0 {
			defer time.AfterFunc(millis(s.GraceMs), server.Stop).Stop()
		}
		server.GracefulStop()
	}
}

func millis(ms int) time.Duration { return time.Duration(ms) * time.Millisecond }

var out sync.Mutex

func show(told line) {
	text, _ := json.Marshal(told)
	out.Lock()
	defer out.Unlock()
	fmt.Println(string(text))
}
