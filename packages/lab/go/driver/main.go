// Makes trials with grpc-go: keeps the contract of packages/lab/src/experiment/client-order.ts as the drivers in
// packages/lab/src/drivers do. Its only argument is an order in JSON.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// grace is how long after its deadline a call is given up as never settled.
const grace = 5 * time.Second

type line map[string]any

func main() {
	given, err := readOrder()
	if err != nil {
		fmt.Fprintln(os.Stderr, "driver:", err)
		os.Exit(1)
	}
	show(line{"kind": "versions", "versions": line{"grpc-go": grpc.Version, "go": strings.TrimPrefix(runtime.Version(), "go")}})
	if refused := refusalOf(given); refused != nil {
		show(line{"kind": "unsupported", "setting": refused.setting, "why": refused.why})
		return
	}
	waiting := make(chan trial)
	var workers sync.WaitGroup
	for range min(given.AtOnce, len(given.Trials)) {
		workers.Go(func() {
			for next := range waiting {
				runTrial(given, next)
			}
		})
	}
	for _, next := range given.Trials {
		waiting <- next
	}
	close(waiting)
	workers.Wait()
	show(line{"kind": "done"})
}

// refusalOf names the first setting that the client does not have.
func refusalOf(given order) *refusal {
	if given.Setup.Session != nil {
		return &refusal{"session", "the client keeps its sessions to itself"}
	}
	if len(given.Trials) == 0 {
		return nil
	}
	opened, err := openPool(given.Setup, given.Trials[0])
	if err == nil {
		opened.close()
		return nil
	}
	var refused *refusal
	if errors.As(err, &refused) {
		return refused
	}
	// grpc-go reads its default service config when a channel is made, and refuses one that it cannot understand.
	if serviceConfig(given.Setup) != "" {
		return &refusal{"serviceConfig", err.Error()}
	}
	return &refusal{"options", err.Error()}
}

func runTrial(given order, to trial) {
	channels, err := openPool(given.Setup, to)
	if err != nil {
		show(line{"kind": "broken", "trial": to.Trial, "why": err.Error()})
		return
	}
	defer channels.close()
	if given.Plan.WarmUp {
		if err := warmUp(channels, given.Plan); err != nil {
			show(line{"kind": "broken", "trial": to.Trial, "why": "the warm-up failed: " + err.Error()})
			return
		}
	}
	time.Sleep(millis(given.Plan.IdleMs))
	stopAside := makeAsideCalls(channels, given.Plan)
	defer stopAside()
	if after := given.Plan.CloseChannelAfterMs; after.given {
		defer time.AfterFunc(after.time, channels.close).Stop()
	}
	if given.Plan.EveryMs > 0 {
		for at, id := range to.CallIDs {
			if at > 0 {
				time.Sleep(millis(given.Plan.EveryMs))
			}
			settle(given, channels, to.Trial, id)
		}
		return
	}
	var calls sync.WaitGroup
	for _, id := range to.CallIDs {
		calls.Go(func() { settle(given, channels, to.Trial, id) })
	}
	calls.Wait()
}

func warmUp(channels *pool, planned plan) error {
	for _, channel := range channels.channels {
		ctx, cancel := context.WithTimeout(context.Background(), grace)
		err := makeCall(ctx, channel, warmUpID, "unary", planned)
		cancel()
		if err != nil {
			return err
		}
	}
	return nil
}

// makeAsideCalls makes calls that nobody waits for; those to be cancelled are on the wire before they are.
func makeAsideCalls(channels *pool, planned plan) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	for range planned.Aside.Calls {
		go makeCall(ctx, channels.at(channels.next()), asideID, "unary", planned)
	}
	if planned.Aside.Calls > 0 {
		time.Sleep(time.Millisecond)
		if planned.Aside.Then == "cancel" {
			cancel()
		}
	}
	return cancel
}

// settle prints how the call ended; it prints nothing if the call does not end in time.
func settle(given order, channels *pool, number int, id uint32) {
	started := time.Now()
	ended := make(chan error, 1)
	go func() { ended <- callAsOften(given, channels, id) }()
	select {
	case <-time.After(patience(given)):
	case err := <-ended:
		told := line{"kind": "ok", "trial": number, "id": id, "tookMs": time.Since(started).Milliseconds()}
		if err != nil {
			told["kind"], told["code"], told["text"] = "failed", codeName(err), err.Error()
		}
		show(told)
	}
}

// callAsOften is the call, and what an application makes of a failure by itself.
func callAsOften(given order, channels *pool, id uint32) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if after := given.Plan.CancelAfterMs; after.given {
		defer time.AfterFunc(after.time, cancel).Stop()
	}
	repeat := given.Setup.Again
	if repeat != nil && repeat.SameDeadline && given.Plan.DeadlineMs.given {
		ctx, cancel = context.WithTimeout(ctx, given.Plan.DeadlineMs.time)
		defer cancel()
	}
	place := channels.next()
	for times := 0; ; times++ {
		channel := channels.at(place)
		err := callOnce(ctx, given, channel, id)
		if err == nil || repeat == nil || times == repeat.Times || ctx.Err() != nil || !isMeant(err, repeat) {
			return err
		}
		time.Sleep(millis(repeat.PauseMs))
		if ctx.Err() != nil {
			return err
		}
		if repeat.NewChannel {
			channels.replace(place, channel)
		}
	}
}

func callOnce(ctx context.Context, given order, channel *grpc.ClientConn, id uint32) error {
	if deadline := given.Plan.DeadlineMs; deadline.given {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, deadline.time)
		defer cancel()
	}
	return makeCall(ctx, channel, id, given.Plan.Kind, given.Plan)
}

func isMeant(err error, repeat *again) bool {
	if repeat.Codes != nil && !slices.Contains(repeat.Codes, codeName(err)) {
		return false
	}
	holds := func(text string) bool { return strings.Contains(err.Error(), text) }
	return repeat.Texts == nil || slices.ContainsFunc(repeat.Texts, holds)
}

func patience(given order) time.Duration {
	deadline := given.Plan.DeadlineMs
	if !deadline.given {
		return grace
	}
	repeat := given.Setup.Again
	if repeat == nil {
		return deadline.time + grace
	}
	deadlines := time.Duration(repeat.Times + 1)
	if repeat.SameDeadline {
		deadlines = 1
	}
	return deadlines*deadline.time + time.Duration(repeat.Times)*millis(repeat.PauseMs) + grace
}

// codeName is gRPC's name, which grpc-go itself writes otherwise: DeadlineExceeded is DEADLINE_EXCEEDED.
func codeName(err error) string { return codeNames[status.Code(err)] }

var codeNames = map[codes.Code]string{
	codes.OK: "OK", codes.Canceled: "CANCELLED", codes.Unknown: "UNKNOWN", codes.InvalidArgument: "INVALID_ARGUMENT",
	codes.DeadlineExceeded: "DEADLINE_EXCEEDED", codes.NotFound: "NOT_FOUND", codes.AlreadyExists: "ALREADY_EXISTS",
	codes.PermissionDenied: "PERMISSION_DENIED", codes.ResourceExhausted: "RESOURCE_EXHAUSTED",
	codes.FailedPrecondition: "FAILED_PRECONDITION", codes.Aborted: "ABORTED", codes.OutOfRange: "OUT_OF_RANGE",
	codes.Unimplemented: "UNIMPLEMENTED", codes.Internal: "INTERNAL", codes.Unavailable: "UNAVAILABLE",
	codes.DataLoss: "DATA_LOSS", codes.Unauthenticated: "UNAUTHENTICATED",
}

var out sync.Mutex

func show(told line) {
	text, _ := json.Marshal(told)
	out.Lock()
	defer out.Unlock()
	fmt.Println(string(text))
}
