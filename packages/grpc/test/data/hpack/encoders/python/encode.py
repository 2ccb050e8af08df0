"""Header blocks by the PyPI package `hpack`, for make.mjs: a story on standard input, one hex block a line on output."""

import json
import sys

import hpack

story = json.load(sys.stdin)
sensitive = set(story.get("sensitive", []))
encoder = hpack.Encoder()
for case in story["cases"]:
    for size in case.get("tableSizes", []):
        encoder.header_table_size = size
    flat = [text.encode("latin-1") for text in case["list"]]
    fields = [
        (hpack.NeverIndexedHeaderTuple if name.decode("latin-1") in sensitive else hpack.HeaderTuple)(name, value)
        for name, value in zip(flat[::2], flat[1::2])
    ]
    print(encoder.encode(fields, huffman=story.get("huffman", True)).hex())
