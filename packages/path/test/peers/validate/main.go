// Reads configurations as the programs that they are for do, where the program itself is not at hand: Terraform's own parser
// for HCL, Envoy's own messages with the bounds that they carry, Kubernetes' own types. Ends with 1 and says why otherwise.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"

	bootstrap "github.com/envoyproxy/go-control-plane/envoy/config/bootstrap/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/router/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/upstreams/http/v3"
	"github.com/hashicorp/hcl/v2/hclparse"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/anypb"
	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	policy "k8s.io/api/policy/v1"
	kyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: hcl | envoy | kubernetes FILE"))
	}
	text, err := os.ReadFile(os.Args[2])
	fail(err)
	switch os.Args[1] {
	case "hcl":
		_, diagnostics := hclparse.NewParser().ParseHCL(text, os.Args[2])
		if diagnostics.HasErrors() {
			fail(diagnostics)
		}
	case "envoy":
		fail(envoy(text))
	case "kubernetes":
		fail(kubernetes(text))
	}
	fmt.Println("valid")
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type validated interface{ ValidateAll() error }

// envoy refuses unknown fields, wrong types and values out of the bounds that the messages carry, inside every Any, too.
func envoy(text []byte) error {
	json, err := yaml.YAMLToJSONStrict(text)
	if err != nil {
		return err
	}
	whole := &bootstrap.Bootstrap{}
	if err := protojson.Unmarshal(json, whole); err != nil {
		return err
	}
	return validate(whole)
}

func validate(message proto.Message) error {
	if packed, ok := message.(*anypb.Any); ok {
		inner, err := packed.UnmarshalNew()
		if err != nil {
			return err
		}
		return validate(inner)
	}
	if bounded, ok := message.(validated); ok {
		if err := bounded.ValidateAll(); err != nil {
			return err
		}
	}
	var failed error
	message.ProtoReflect().Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		switch {
		case field.IsMap() && field.MapValue().Message() != nil:
			value.Map().Range(func(_ protoreflect.MapKey, each protoreflect.Value) bool {
				failed = validate(each.Message().Interface())
				return failed == nil
			})
		case field.IsList() && field.Message() != nil:
			for i := 0; i < value.List().Len() && failed == nil; i++ {
				failed = validate(value.List().Get(i).Message().Interface())
			}
		case !field.IsMap() && field.Message() != nil:
			failed = validate(value.Message().Interface())
		}
		return failed == nil
	})
	return failed
}

// kubernetes refuses fields that its types do not have.
func kubernetes(text []byte) error {
	kinds := map[string]func() any{
		"Deployment":          func() any { return &apps.Deployment{} },
		"Service":             func() any { return &core.Service{} },
		"PodDisruptionBudget": func() any { return &policy.PodDisruptionBudget{} },
	}
	documents := kyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	for {
		document, err := documents.Read()
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		var head struct{ Kind string }
		if err := yaml.Unmarshal(document, &head); err != nil {
			return err
		}
		made, known := kinds[head.Kind]
		if !known {
			return fmt.Errorf("no kind %q is expected here", head.Kind)
		}
		if err := yaml.UnmarshalStrict(document, made()); err != nil {
			return err
		}
	}
}
