import { describe, expect, it } from "vitest";
import { entryOf } from "../../../src/fuzz/corpus/entry-of.js";
import { entryText } from "../../../src/fuzz/corpus/entry-text.js";
import { parseEntry } from "../../../src/fuzz/corpus/parse-entry.js";
import type { FuzzFinding } from "../../../src/fuzz/report.js";
import { version } from "../../../src/version.js";
import { fullEntry, smallEntry } from "./samples.js";

const one = { value: 1, bits: "0x3f800000" };
/** What a finding has that an entry has not. */
const more = {
  arithmetic: "float32",
  region: { from: one, to: one, label: 0, points: 1, share: 1 },
  worst: { input: one, label: 0, computed: null, exact: one, ulps: 3 },
  replay: "audit fuzz --replay x",
  runs: 4096,
  line: { file: "my-loss.ts", line: 3 },
};

function findingOf(entry: ReturnType<typeof fullEntry>): FuzzFinding {
  const { schema, version, from, rtol, atol, with: _, parameters, index, ...finding } = entry;
  return { ...finding, ...more };
}

describe("entryOf", () => {
  it("keeps what is needed to try the finding again", () => {
    const { loss: argument, from, rtol, atol, with: others, parameters, index } = fullEntry();
    const found = { argument, from, rtol, atol, with: others, parameters, index };
    const entry = entryOf({ ...findingOf(fullEntry()), loss: "my-loss" }, found);
    expect(entry).toEqual({ ...fullEntry(), version });
    expect(parseEntry(JSON.parse(entryText(entry)))).toEqual(entry);
  });

  it("needs none of what is optional", () => {
    const { from, rtol, atol, index } = smallEntry();
    const entry = entryOf(findingOf(smallEntry()), { argument: "./my-loss.ts", from, rtol, atol, index });
    expect(parseEntry(JSON.parse(entryText(entry)))).toEqual({ ...smallEntry(), version });
  });

  it.each([
    ["heatmap-focal", "heatmap-focal"],
    ["heatmap-focal#naive", "heatmap-focal"],
    ["./my-loss.ts#focal", "./my-loss.ts"],
    ["../C#/my loss.ts", "../C#/my loss.ts"],
  ])("keeps of the argument %s the loss without the implementation", (argument, loss) => {
    const { from, rtol, atol, index } = smallEntry();
    expect(entryOf(findingOf(smallEntry()), { argument, from, rtol, atol, index }).loss).toBe(loss);
  });
});
