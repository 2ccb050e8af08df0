/** What the faces of a record say themselves, in each language. What records say stands in the records. */

import type { Language, Origin, ProcessedAnswer } from "../../record/vocabulary.ts";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

export interface Words {
  readonly id: string;
  readonly domain: string;
  readonly category: string;
  readonly errorCode: string;
  readonly verification: string;
  readonly fixRate: string;
  readonly resolvable: string;
  readonly confidence: string;
  readonly evidence: string;
  readonly firstSeen: string;
  readonly aliases: string;
  readonly tags: string;
  readonly alsoAvailable: string;
  /** The other language, in that language, and its tag. */
  readonly otherLanguage: string;
  readonly whatHappened: string;
  readonly happened: string;
  readonly closedBy: string;
  readonly again: string;
  readonly processed: Readonly<Record<ProcessedAnswer, string>>;
  readonly rootCause: string;
  readonly versions: string;
  readonly version: string;
  readonly status: string;
  readonly introduced: string;
  readonly deprecated: string;
  readonly notes: string;
  readonly removed: (version: string) => string;
  readonly systems: string;
  readonly wire: string;
  readonly officialDoc: string;
  readonly signatures: string;
  readonly implementation: string;
  readonly text: string;
  readonly seenIn: string;
  readonly origin: string;
  /** Behind the name of a program whose text stands near the failure and is not the failure itself. */
  readonly clue: string;
  readonly workarounds: string;
  readonly deadEnds: string;
  readonly deadEndsLead: string;
  /** What our own pages call the workarounds and the dead ends. */
  readonly whatToDo: string;
  readonly whatNotToDo: string;
  readonly beSure: string;
  readonly questions: string;
  readonly relations: string;
  readonly leadsTo: string;
  readonly precededBy: string;
  readonly confusedWith: string;
  readonly commonCauses: string;
  readonly sources: string;
  readonly speaksFor: string;
  readonly programs: (names: readonly string[]) => string;
  readonly success: (percent: string) => string;
  readonly fail: (percent: string) => string;
  readonly claimed: (percent: string) => string;
  readonly claimedBy: (tier: string, evidence: number | null, from: string) => string;
  readonly notMeasured: string;
  readonly measured: (percent: string, trials: number) => string;
  readonly interval: (low: string, high: string) => string;
  readonly executedTwice: (count: number) => string;
  /** The section of what was counted, and the words in it. */
  readonly measuredSection: string;
  readonly measuredLead: (trials: number, seed: number, date: string) => string;
  readonly emulatedLead: string;
  readonly nothingDone: string;
  readonly whatWasDone: string;
  readonly failedHead: string;
  readonly twiceHead: string;
  readonly unsettledHead: string;
  readonly byProgram: string;
  readonly countAgain: string;
  readonly notReproduced: (programs: string) => string;
  readonly notSet: (program: string, treatments: string) => string;
  readonly notTried: (programs: string) => string;
  readonly recording: string;
  readonly recordingLead: (program: string) => string;
  readonly asAList: string;
  readonly origins: Readonly<Record<Origin, string>>;
  /** A value from a closed list, as readers see it. */
  readonly term: (value: string) => string;
  /** With the blank in front that the language wants. */
  readonly inParentheses: (text: string) => string;
  readonly list: (parts: readonly string[]) => string;
  /** Between a label and what it labels. */
  readonly colon: string;
  /** Said of a record that is not one of ours; `isInPlace`: ours with that id steps back. */
  readonly ownRecord: (path: string, isInPlace: boolean) => string;
}

export const words: Readonly<Record<Language, Words>> = { en, zh };
