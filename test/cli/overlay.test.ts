/** A workspace's templates laid over the shipped ones, and the list that tells which is which. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { chartColours } from "../deck.ts";
import { root } from "../workspace.ts";
import { inFolder, sourcedeck } from "./run.ts";
