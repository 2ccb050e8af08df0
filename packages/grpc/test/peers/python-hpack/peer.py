"""Debian's python3-hpack as a decoder and an encoder: one question a line on standard input, one answer a line on output.

Each question is an array that begins with the number of a connection, whose tables last until the input ends:

    [connection, "size", bytes]           SETTINGS_HEADER_TABLE_SIZE was announced and acknowledged; no answer
    [connection, "block", hex]            the answer is the list, [name, value, name, value ...], or null: refused
    [connection, "list", [...], huffman]  the answer is a block that says the list, in hex

Names and values are octets, each a character below 256.
"""

import json
import sys

import hpack


class Connection:
    def __init__(self):
        # One million bytes: more than any list of the tests has.
        self.decoder = hpack.Decoder(max_header_list_size=1_000_000)
        self.encoder = hpack.Encoder()
        self.sizes = []

    def size(self, size):
        self.decoder.max_allowed_table_size = size
        self.sizes.append(size)

    def read(self, block):
        try:
            fields = self.decoder.decode(bytes.fromhex(block), raw=True)
        except hpack.HPACKError:
            return None
        return [bytes(part).decode("latin-1") for field in fields for part in field]

    def say(self, items, huffman):
        # RFC 7541 section 4.2 asks for the smallest size and the last. The encoder of 4.0 sends every one it is told, and
        # forgets those before when it is told the size that it has.
        for size in [min(self.sizes), self.sizes[-1]] if self.sizes else []:
            if size != self.encoder.header_table_size:
                self.encoder.header_table_size = size
        self.sizes = []
        octets = [item.encode("latin-1") for item in items]
        return self.encoder.encode(list(zip(octets[::2], octets[1::2])), huffman=huffman).hex()


connections = {}
for line in sys.stdin:
    number, verb, *rest = json.loads(line)
    connection = connections.setdefault(number, Connection())
    if verb == "size":
        connection.size(*rest)
    else:
        print(json.dumps(connection.read(*rest) if verb == "block" else connection.say(*rest)))
