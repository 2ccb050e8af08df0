package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"
)

// order is the ClientOrder of packages/lab/src/experiment/client-order.ts.
type order struct {
	Setup  setup   `json:"setup"`
	Plan   plan    `json:"plan"`
	AtOnce int     `json:"atOnce"`
	Trials []trial `json:"trials"`
}

type trial struct {
	Trial      int      `json:"trial"`
	Target     string   `json:"target"`
	CaPem      string   `json:"caPem"`
	ServerName string   `json:"serverName"`
	CallIDs    []uint32 `json:"callIds"`
}

// setup is the ClientSetup of packages/lab/src/experiment/client-setup.ts.
type setup struct {
	Retry            retry           `json:"retry"`
	ServiceConfig    *string         `json:"serviceConfig"`
	Keepalive        *keepaliveTimes `json:"keepalive"`
	WaitForReady     bool            `json:"waitForReady"`
	Again            *again          `json:"again"`
	LoadBalancing    string          `json:"loadBalancing"`
	Channels         int             `json:"channels"`
	Options          map[string]any  `json:"options"`
	SkipVerification bool            `json:"skipVerification"`
	Session          json.RawMessage `json:"session"`
}

// retry is a policy, or the word off.
type retry struct {
	given  bool
	off    bool
	policy retryPolicy
}

type retryPolicy struct {
	MaxAttempts      int      `json:"maxAttempts"`
	InitialBackoffMs int      `json:"initialBackoffMs"`
	MaxBackoffMs     int      `json:"maxBackoffMs"`
	Codes            []string `json:"codes"`
}

func (r *retry) UnmarshalJSON(text []byte) error {
	r.given = true
	if string(text) == `"off"` {
		r.off = true
		return nil
	}
	return json.Unmarshal(text, &r.policy)
}

type keepaliveTimes struct {
	TimeMs             int  `json:"timeMs"`
	TimeoutMs          int  `json:"timeoutMs"`
	PermitWithoutCalls bool `json:"permitWithoutCalls"`
}

type again struct {
	Codes        codesOrAny `json:"codes"`
	Times        int        `json:"times"`
	PauseMs      int        `json:"pauseMs"`
	NewChannel   bool       `json:"newChannel"`
	Texts        []string   `json:"texts"`
	SameDeadline bool       `json:"sameDeadline"`
}

// codesOrAny is a list of names, or the word any, which is nil here.
type codesOrAny []string

func (c *codesOrAny) UnmarshalJSON(text []byte) error {
	if string(text) == `"any"` {
		return nil
	}
	return json.Unmarshal(text, (*[]string)(c))
}

// plan is the CallPlan of packages/lab/src/experiment/experiment.ts with every field filled in.
type plan struct {
	Kind                string      `json:"kind"`
	EveryMs             int         `json:"everyMs"`
	WarmUp              bool        `json:"warmUp"`
	IdleMs              int         `json:"idleMs"`
	RequestBytes        int         `json:"requestBytes"`
	DeadlineMs          maybeMillis `json:"deadlineMs"`
	CancelAfterMs       maybeMillis `json:"cancelAfterMs"`
	CloseChannelAfterMs maybeMillis `json:"closeChannelAfterMs"`
	Aside               struct {
		Calls int    `json:"calls"`
		Then  string `json:"then"`
	} `json:"aside"`
	Messages       int `json:"messages"`
	MessageEveryMs int `json:"messageEveryMs"`
}

// maybeMillis is a time in milliseconds, or a word that says that there is none.
type maybeMillis struct {
	given bool
	time  time.Duration
}

func (m *maybeMillis) UnmarshalJSON(text []byte) error {
	if len(text) > 0 && text[0] == '"' {
		return nil
	}
	var ms float64
	if err := json.Unmarshal(text, &ms); err != nil {
		return err
	}
	*m = maybeMillis{given: true, time: time.Duration(ms * float64(time.Millisecond))}
	return nil
}

func millis(ms int) time.Duration { return time.Duration(ms) * time.Millisecond }

func readOrder() (given order, err error) {
	if len(os.Args) != 2 {
		return given, fmt.Errorf("expected one argument, an order in JSON, or - for standard input")
	}
	text := []byte(os.Args[1])
	if os.Args[1] == "-" {
		if text, err = io.ReadAll(os.Stdin); err != nil {
			return given, err
		}
	}
	return given, json.Unmarshal(text, &given)
}
