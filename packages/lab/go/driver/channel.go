package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"
)

// refusal is a setting that the client does not have, or not with this value.
type refusal struct{ setting, why string }

func (r *refusal) Error() string { return r.setting + ": " + r.why }

// dialOptions says the settings in the client's own words.
func dialOptions(given setup, to trial) ([]grpc.DialOption, error) {
	options := []grpc.DialOption{
		grpc.WithTransportCredentials(transportCredentials(given, to)),
		grpc.WithDefaultCallOptions(grpc.ForceCodec(raw{})),
	}
	if given.WaitForReady {
		options = append(options, grpc.WithDefaultCallOptions(grpc.WaitForReady(true)))
	}
	if config := serviceConfig(given); config != "" {
		options = append(options, grpc.WithDefaultServiceConfig(config))
	}
	if given.Retry.off {
		options = append(options, grpc.WithDisableRetry())
	}
	if k := given.Keepalive; k != nil {
		options = append(options, grpc.WithKeepaliveParams(keepalive.ClientParameters{
			Time: millis(k.TimeMs), Timeout: millis(k.TimeoutMs), PermitWithoutStream: k.PermitWithoutCalls,
		}))
	}
	for name, value := range given.Options {
		option, err := dialOption(name, value)
		if err != nil {
			return nil, err
		}
		options = append(options, option)
	}
	return options, nil
}

func transportCredentials(given setup, to trial) credentials.TransportCredentials {
	if to.CaPem == "" {
		return insecure.NewCredentials()
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM([]byte(to.CaPem))
	return credentials.NewTLS(&tls.Config{
		RootCAs: pool, ServerName: to.ServerName, InsecureSkipVerify: given.SkipVerification,
	})
}

// dialOption knows the options that take one plain value.
func dialOption(name string, value any) (grpc.DialOption, error) {
	number, isNumber := value.(float64)
	text, isText := value.(string)
	flag, isFlag := value.(bool)
	switch {
	case name == "WithIdleTimeout" && isNumber:
		return grpc.WithIdleTimeout(time.Duration(number) * time.Millisecond), nil
	case name == "WithInitialWindowSize" && isNumber:
		return grpc.WithInitialWindowSize(int32(number)), nil
	case name == "WithInitialConnWindowSize" && isNumber:
		return grpc.WithInitialConnWindowSize(int32(number)), nil
	case name == "WithMaxHeaderListSize" && isNumber:
		return grpc.WithMaxHeaderListSize(uint32(number)), nil
	case name == "WithMaxCallAttempts" && isNumber:
		return grpc.WithMaxCallAttempts(int(number)), nil
	case name == "MaxCallRecvMsgSize" && isNumber:
		return grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(int(number))), nil
	case name == "MaxCallSendMsgSize" && isNumber:
		return grpc.WithDefaultCallOptions(grpc.MaxCallSendMsgSize(int(number))), nil
	case name == "WithAuthority" && isText:
		return grpc.WithAuthority(text), nil
	case name == "WithUserAgent" && isText:
		return grpc.WithUserAgent(text), nil
	case name == "WithDisableServiceConfig" && isFlag && flag:
		return grpc.WithDisableServiceConfig(), nil
	}
	return nil, &refusal{"options", fmt.Sprintf("the driver knows no dial option %s that takes %v", name, value)}
}

// serviceConfig is JSON as packages/lab/src/drivers/service-config.ts makes it; empty if no setting asks for one.
func serviceConfig(given setup) string {
	if given.ServiceConfig != nil {
		return *given.ServiceConfig
	}
	config := map[string]any{}
	if given.LoadBalancing != "" {
		config["loadBalancingConfig"] = []any{map[string]any{given.LoadBalancing: map[string]any{}}}
	}
	if given.Retry.given && !given.Retry.off {
		policy := given.Retry.policy
		config["methodConfig"] = []any{map[string]any{
			"name": []any{map[string]any{}},
			"retryPolicy": map[string]any{
				"maxAttempts":          policy.MaxAttempts,
				"initialBackoff":       seconds(policy.InitialBackoffMs),
				"maxBackoff":           seconds(policy.MaxBackoffMs),
				"backoffMultiplier":    2,
				"retryableStatusCodes": policy.Codes,
			},
		}}
	}
	if len(config) == 0 {
		return ""
	}
	text, _ := json.Marshal(config)
	return string(text)
}

func seconds(ms int) string { return fmt.Sprintf("%gs", float64(ms)/1000) }

// pool is channels side by side, used by turns: what an application's pool is.
type pool struct {
	open     func() (*grpc.ClientConn, error)
	mutex    sync.Mutex
	channels []*grpc.ClientConn
	turn     int
}

func openPool(given setup, to trial) (*pool, error) {
	options, err := dialOptions(given, to)
	if err != nil {
		return nil, err
	}
	made := &pool{open: func() (*grpc.ClientConn, error) { return grpc.NewClient(to.Target, options...) }}
	for range max(given.Channels, 1) {
		channel, err := made.open()
		if err != nil {
			made.close()
			return nil, err
		}
		made.channels = append(made.channels, channel)
	}
	return made, nil
}

func (p *pool) next() int {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.turn++
	return (p.turn - 1) % len(p.channels)
}

func (p *pool) at(place int) *grpc.ClientConn {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.channels[place]
}

// replace puts a new channel in the place of old, unless another call has done so.
func (p *pool) replace(place int, old *grpc.ClientConn) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.channels[place] != old {
		return
	}
	if channel, err := p.open(); err == nil {
		p.channels[place] = channel
		old.Close()
	}
}

func (p *pool) close() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for _, channel := range p.channels {
		channel.Close()
	}
}
