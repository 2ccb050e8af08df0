// Command encode prints header blocks made by golang.org/x/net/http2/hpack, for make.mjs: a story on standard input,
// one hex block a line on output.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"slices"

	"golang.org/x/net/http2/hpack"
)

type story struct {
	Sensitive []string `json:"sensitive"`
	Cases     []struct {
		TableSizes []uint32 `json:"tableSizes"`
		List       []string `json:"list"`
	} `json:"cases"`
}

// latin1 undoes JSON's view of octets as characters.
func latin1(text string) string {
	octets := make([]byte, 0, len(text))
	for _, r := range text {
		octets = append(octets, byte(r))
	}
	return string(octets)
}

func main() {
	var s story
	if err := json.NewDecoder(os.Stdin).Decode(&s); err != nil {
		log.Fatal(err)
	}
	var block bytes.Buffer
	encoder := hpack.NewEncoder(&block)
	for _, c := range s.Cases {
		for _, size := range c.TableSizes {
			encoder.SetMaxDynamicTableSizeLimit(size)
			encoder.SetMaxDynamicTableSize(size)
		}
		block.Reset()
		for i := 0; i+1 < len(c.List); i += 2 {
			name := latin1(c.List[i])
			field := hpack.HeaderField{Name: name, Value: latin1(c.List[i+1]), Sensitive: slices.Contains(s.Sensitive, name)}
			if err := encoder.WriteField(field); err != nil {
				log.Fatal(err)
			}
		}
		fmt.Printf("%x\n", block.Bytes())
	}
}
