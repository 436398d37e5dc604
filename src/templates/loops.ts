/** Loops: the block helpers that go through the store. */
import type { Loop } from "./helper.ts";
import { disputeLoops } from "./loops/disputes.ts";
import { findingLoops } from "./loops/findings.ts";
import { historyLoops } from "./loops/history.ts";
import { vocabularyLoops } from "./loops/vocabulary.ts";

export const loops: readonly Loop[] = [...findingLoops, ...disputeLoops, ...historyLoops, ...vocabularyLoops];
