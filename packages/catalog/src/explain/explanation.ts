/** What `explain` answers: plain data, the same for the command's `--json`, the API, the MCP server and the web page. */

import type { Implementation, ProcessedAnswer, StatusName } from "../record/vocabulary.ts";

/** Facts that the text itself gives away. Absent means that the text does not say. */
export interface ReadFacts {
  readonly implementation?: Implementation;
  readonly version?: string;
  readonly code?: StatusName;
  readonly httpStatus?: number;
  /** An HTTP/2 error code, by number. */
  readonly http2Code?: number;
  readonly lastStreamId?: number;
  /** The text in the GOAWAY, masked like everything else. */
  readonly debugData?: string;
  readonly streamId?: number;
  readonly addresses?: readonly string[];
  readonly elapsedMs?: number;
  /** Envoy's response flags or HAProxy's termination state. */
  readonly proxyFlags?: string;
}

export interface QuestionOffer {
  readonly id: string;
  readonly answers: readonly string[];
}

export interface GivenAnswer {
  /** Of the question. */
  readonly id: string;
  readonly answer: string;
}

export interface Finding {
  /** The likeliest entry. */
  readonly id: string;
  /** All entries that fit the text equally well, likeliest first; the first is `id`. One means that the text decides. */
  readonly tied: readonly string[];
  /** How often, of answers like this one on the labelled set, the true cause was among `tied`. 0 to 1. */
  readonly confidence: number;
  /** First and last line of the first occurrence, counted from 1. */
  readonly lines: readonly [first: number, last: number];
  /** All occurrences, the first included; the list stops at 1,000, `count` goes on. */
  readonly occurrences: readonly (readonly [first: number, last: number])[];
  readonly count: number;
  /** Of `id`; when the tied entries differ, `depends`. */
  readonly processed: ProcessedAnswer;
  /** The line that decided, in the first occurrence: masked, without control characters, at most 500 characters. */
  readonly text: string;
  /** Of the first occurrence; others may have other addresses, streams and times, but the same status. */
  readonly facts: ReadFacts;
  /** The question that would tell the tied entries apart best; absent when nothing is tied or no question helps. */
  readonly question?: QuestionOffer;
  /**
   * Given answers that the text or another answer speaks against; they were left out. Absent when there are none.
   * An answer that fits another finding counts as meant for that one, unless this text has several causes too.
   */
  readonly contradicted?: readonly GivenAnswer[];
  /** Where the entry comes from when it is not ours: the path of the record. */
  readonly from?: string;
}

export interface Explanation {
  readonly known: boolean;
  /** In the order of the input. */
  readonly findings: readonly Finding[];
  /** Lines that look like a gRPC or HTTP/2 failure and match nothing, masked, at most 20. */
  readonly notKnown: readonly { readonly line: number; readonly text: string; readonly facts: ReadFacts }[];
  readonly linesRead: number;
  readonly bytesRead: number;
}

export interface ExplainOptions {
  /** Answers to questions, by the question's id; they thin out every tie that the question can judge. */
  readonly answers?: Readonly<Record<string, string>>;
}
