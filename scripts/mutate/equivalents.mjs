/**
 * Mutants that no test can tell from the code, by file, each group with the reason. `npm run mutate` prints survivors in
 * these words, leaves these out of the score, and says which of them it did not meet any more.
 */

/** @type {Readonly<Record<string, readonly { readonly why: string, readonly mutants: readonly string[] }[]>>} */
export const equivalents = {
  "src/http2/hpack/decode-memory.ts": [
    {
      why: "an array that is not filled in advance reads the same",
      mutants: ["this.#slots ??= [new Array<Slot | undefined>(slotCount)].fill(undefined); → new Array()"],
    },
    {
      why: "saves memory where a connection has one block",
      mutants: [
        "if ([this.#firstSeen === undefined]) { → false",
        "if ([this.#firstSeen === undefined]) { → this.#firstSeen !== undefined",
        "if (this.#firstSeen === undefined) [{ this.#firstSeen = hash; return; }] → {}",
      ],
    },
    {
      why: "saves the time of a hash or of a comparison; the octets themselves decide",
      mutants: [
        "if ([block.length > maxBlockBytes]) return undefined; → false",
        "if (slot === undefined || [slot.hash !== this.#hash] || slot.generation !== generation) return undefined; → false",
      ],
    },
    {
      why: "one octet more is undefined in both, and like itself",
      mutants: ["for (let i = 0; [i < a.length]; i++) if (a[i] !== b[i]) return false; → i <= a.length"],
    },
  ],
  "src/http2/hpack/decoder.ts": [
    { why: "set before it is first read", mutants: ["readonly #cursor: Cursor = [{ at: 0 }]; → {}"] },
    {
      why: "a block that moved the table's generation is kept for one that never comes back",
      mutants: ["if ([table.generation === generation]) memory?.offer(block, generation, list); → true"],
    },
    {
      why: "the octet behind the block is undefined, and no size update; nothing is greater than undefined",
      mutants: [
        "while ([cursor.at < block.length] && ((block[cursor.at] as number) & 0xe0) === 0x20) { → true",
        "while ([cursor.at < block.length] && ((block[cursor.at] as number) & 0xe0) === 0x20) { → cursor.at <= block.length",
        "if ([owed !== undefined] && bytes > owed) { → true",
      ],
    },
    {
      why: "tells the compiler what is so: without a name there is no value, or none that is read",
      mutants: [
        "if ([name !== undefined]) value = this.#valueAt(index); → true",
        "if (inserts && [name !== undefined] && value !== undefined) this.#table.insert(name, value); → true",
        "if ([name === undefined] || value === undefined) return -1; → false",
      ],
    },
    {
      why: "saves memory: a list over the limit is never handed out",
      mutants: ["if ([listBytes <= limit]) list.push(name, value); → true"],
    },
    {
      why: "the case of equality went another way before",
      mutants: [
        "if ([dynamicIndex > 0] && dynamicIndex <= this.#table.count) return this.#table.name(dynamicIndex); → dynamicIndex >= 0",
        "else if ([index > 0]) → index >= 0",
      ],
    },
    {
      why: "no octets are the same text in Huffman code and without",
      mutants: ["if ([octet < 0x80]) return latin1(block, start, end); → octet <= 0x80"],
    },
    {
      why: "notes a breach that nobody reads: what goes wrong later notes its own",
      mutants: [
        'if ([text === undefined]) this.#fail("5.2", "Huffman string with an end-of-string symbol or wrong padding"); → true',
        "if ([value < 0]) → true",
        "if ([value < 0]) → value <= 0",
      ],
    },
  ],
  "src/http2/hpack/dynamic-table.ts": [
    {
      why: "places without an entry are never read: what stands there matters to memory, and to secrets in it",
      mutants: [
        '#names: string[] = [[]]; → ["Stryker was here"]',
        '#values: string[] = [[]]; → ["Stryker was here"]',
        'this.#names[place] = [""]; → "Stryker was here!"',
        'this.#values[place] = [""]; → "Stryker was here!"',
        'const names = new Array<string>(length).fill([""]); → "Stryker was here!"',
        'const values = [new Array<string>(length)].fill(""); → new Array()',
        'const values = new Array<string>(length).fill([""]); → "Stryker was here!"',
      ],
    },
  ],
  "src/http2/hpack/encode-memory.ts": [
    {
      why: "a list's values stand at odd places, and a request has no more than four fields before its path",
      mutants: [
        "if (length < 2 * minFields || [length <= keyPlace(list)]) return; → length < keyPlace(list)",
        'for (let i = 0; [i < 10]; i += 2) if (list[i] === ":path") return i + 1; → i <= 10',
      ],
    },
    {
      why: "nothing is kept of a list without a value, whatever its key",
      mutants: ['return list[keyPlace(list)] ?? [""]; → "Stryker was here!"'],
    },
  ],
  "src/http2/hpack/encoder.ts": [
    {
      why: "a name that nobody uses",
      mutants: ['const index = new FieldIndex(options.neverIndexed ?? [[]]); → ["Stryker was here"]'],
    },
    {
      why: "saves time: what is sent is the same with and without the memory (a test says so)",
      mutants: [
        "this.#memory = [options.memory === false] ? undefined : new EncodeMemory(); → true",
        "this.#memory = [options.memory === false] ? undefined : new EncodeMemory(); → false",
        "this.#memory = [options.memory === false] ? undefined : new EncodeMemory(); → options.memory !== false",
        "this.#memory = options.memory === [false] ? undefined : new EncodeMemory(); → true",
        "if ([this.#memory !== undefined]) { → false",
        "if (this.#memory !== undefined) [{ at = this.#memory.replay(list, this.#table.generation, int…] → {}",
        "if ([at === 0]) at = this.#encodePrefix(list, this.#memory, into); → false",
        "if ([at === 0]) at = this.#encodePrefix(list, this.#memory, into); → at !== 0",
        "for (; [at + 1 < list.length]; at += 2) { → false",
        "for (; [at + 1 < list.length]; at += 2) { → at + 1 <= list.length",
        "for (; [at + 1 < list.length]; at += 2) { → at + 1 >= list.length",
        "if ([index === 0]) break; → true",
      ],
    },
    {
      why: "saves time: looks for a change of size where there is none",
      mutants: [
        "if ([this.#smallestTableSize < this.#table.capacityBytes || this.…]) { → true",
        "if ([this.#smallestTableSize < this.#table.capacityBytes] || this.#wantedTableSize !== this.#table.capacityBytes) { → this.#smallestTableSize <= this.#table.capacityBytes",
      ],
    },
    {
      why: "saves the hash of a value: such a name has one entry at most, and the newest value is in the map too",
      mutants: [
        'if ([record.indexing === "changing" && value.length > 0]) { → false',
        'if (record.indexing === ["changing"] && value.length > 0) { → ""',
        'if (record.indexing === "changing" && value.length > 0) [{ // To look up a value that is new with each call would cos…] → {}',
      ],
    },
    {
      why: "ids begin at one, static places are below zero, and without an entry the newest value is empty",
      mutants: [
        "return [record.newestId > 0] && record.newestValue === value → true",
        "return [record.newestId > 0] && record.newestValue === value → record.newestId >= 0",
        "return [place < 0] ? -place : staticTableLength + this.#table.indexOf(place); → place <= 0",
      ],
    },
  ],
  "src/http2/hpack/field-index.ts": [
    {
      why: "tells the compiler what is so: what is dropped was added",
      mutants: ["if ([record === undefined]) return; → false"],
    },
    {
      why: "the empty name gets 0, which a name without a place gets",
      mutants: [
        "for (let index = staticTableLength; [index > 0]; index--) staticIndexes.set(staticNames[index] as string, index); → index >= 0",
      ],
    },
    {
      why: "read only where there is a newest entry",
      mutants: [
        'record.newestValue = [""]; → "Stryker was here!"',
        'return { indexing: listed ?? unlistedIndexing(name), permanent, staticIndex, places, newestId: 0, newestValue: [""] }; → "Stryker was here!"',
      ],
    },
  ],
  "src/http2/hpack/huffman.ts": [
    {
      why: "more room than is needed, or a scratch of its own",
      mutants: [
        "const room = Math.floor([((end - start) * 8) / shortestCodeBits]); → (end - start) * 8 * shortestCodeBits",
        "const room = Math.floor((([end - start]) * 8) / shortestCodeBits); → end + start",
        "const scratch = [room > sharedScratch.length] ? allocate(room) : sharedScratch; → true",
        "const scratch = [room > sharedScratch.length] ? allocate(room) : sharedScratch; → room >= sharedScratch.length",
        "const octetBits = Uint8Array.from([codeBits.slice(0, endOfString)]); → codeBits",
      ],
    },
    {
      why: "where the bits of a code are parted does not show: 32 are there",
      mutants: [
        "if ([bits > 24]) { → bits >= 24",
        "for (pendingBits += bits; [pendingBits >= 8];) into.u8(pending >>> (pendingBits -= 8)); → pendingBits > 8",
      ],
    },
    {
      why: "a table's place behind its end takes nothing, and the node after this one writes its own",
      mutants: [
        "for (let state = 0; [state < nodes.length]; state++) { → state <= nodes.length",
        "for (let symbol = 0; [symbol < codeBits.length]; symbol++) if (codeBits[symbol] === bits) result[symbol] = code++; → symbol <= codeBits.length",
        "for (let nibble = 0; [nibble < 16]; nibble++) steps[(state << 4) | nibble] = walk(nodes, state, nibble); → nibble <= 16",
      ],
    },
    {
      why: "no branch leads back to the root: the code is whole (Kraft's sum is one)",
      mutants: ["if ([next < 0]) result = emits | ((-1 - next) << 8); → next <= 0"],
    },
  ],
  "src/http2/going-away-state.ts": [
    {
      why: "only a PING's acknowledgement has a sequence",
      mutants: ['const answered = [input.kind === "pong"] && input.sequence === state.pingSequence; → true'],
    },
  ],
  "src/http2/stream-windows.ts": [
    {
      why: "asks the pool in vain: it does not make a window smaller",
      mutants: [
        "if ([wanted <= this.size] || core.budget.tight || core.over) return; → false",
        "if ([wanted <= this.size] || core.budget.tight || core.over) return; → wanted < this.size",
      ],
    },
  ],
  "src/http2/windows.ts": [
    {
      why: "adds nothing where nothing is to be added",
      mutants: [
        "if ([target <= this.#target]) return; → target < this.#target",
        "if ([target >= this.#target]) return; → target > this.#target",
      ],
    },
  ],
  "src/rpc/check-limits.ts": [
    {
      why: "tells the compiler what is so: what is missing was refused, and what is whole is there",
      mutants: [
        "const bucket = [buckets?.[name]]; → buckets[name]",
        "if (Number.isInteger(value) && [value !== undefined] && value >= 0 && value <= maxSetting) return; → true",
      ],
    },
  ],
  "src/rpc/content-type.ts": [
    {
      why: "saves time for the usual type, which the rest takes as well",
      mutants: ["if ([value === grpc]) return true; → false"],
    },
  ],
  "src/rpc/details.ts": [
    {
      why: "a function that ends returns undefined, too",
      mutants: ["} catch [{ // The reader throws on what a peer got wrong; a call neve…] → {}"],
    },
  ],
  "src/rpc/message.ts": [
    {
      why: "copies more often than it must, to hand out the same octets",
      mutants: [
        "if ([!whole]) this.#keep(chunk, at, end); → true",
        "if ([buffer === undefined || buffer.length < needed]) { → true",
        "if (buffer === undefined || [buffer.length < needed]) { → buffer.length <= needed",
      ],
    },
  ],
  "src/rpc/metadata.ts": [
    {
      why: "an entry that is not there has no name, and is not removed",
      mutants: [
        "for (let i = [before - 1]; i >= 0; i--) if (this.#entries[i]?.[0] === key) this.#entries.splice(i, 1); → before + 1",
        "for (let i = before - 1; i >= 0; i--) if ([this.#entries[i]?.[0]] === key) this.#entries.splice(i, 1); → this.#entries[i][0]",
      ],
    },
    {
      why: "base64 has its padding at the end only; behind the last character is none that could be wrong",
      mutants: [
        'return typeof value === "string" ? value : base64(value).replace([/=+$/], ""); → /=+/',
        "for (let i = 0; [i < value.length]; i++) { → i <= value.length",
      ],
    },
    {
      why: "saves time, or the memory that this takes: a name is checked anew to the same end",
      mutants: [
        "if ([known !== undefined]) return known; → false",
        "if ([soundNames.size < maxSoundNames]) soundNames.set(name, sound); → true",
        "if ([soundNames.size < maxSoundNames]) soundNames.set(name, sound); → false",
        "if ([soundNames.size < maxSoundNames]) soundNames.set(name, sound); → soundNames.size <= maxSoundNames",
        "if ([soundNames.size < maxSoundNames]) soundNames.set(name, sound); → soundNames.size >= maxSoundNames",
      ],
    },
  ],
  "src/rpc/nearest.ts": [
    {
      why: "both names are compared in one case, whichever",
      mutants: ['return [name.toLowerCase()].replace(/[-_\\s]/g, ""); → name.toUpperCase()'],
    },
  ],
  "src/rpc/percent-encoding.ts": [
    {
      why: "saves time for a text that has nothing to escape",
      mutants: [
        "if ([!/[^ -$&-~]/.test(text)]) return text; → false",
        "if ([!/[^ -$&-~]/.test(value)]) return value; → false",
      ],
    },
  ],
  "src/rpc/response-status.ts": [
    {
      why: "tells the compiler what is so: without a list there is no text",
      mutants: ["if ([last !== undefined] && text !== undefined) return peerStatus(last, text); → true"],
    },
  ],
  "src/rpc/service.ts": [
    {
      why: "an alias that is undefined is none",
      mutants: ["...([method.originalName === undefined] ? {} : { alias: method.originalName }), → false"],
    },
  ],
};
