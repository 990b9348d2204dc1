import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Baseline, BaselineFinding } from "../../src/gate/baseline.js";
import { baselineText } from "../../src/gate/baseline-text.js";
import { baselineIn, readBaseline } from "../../src/gate/read-baseline.js";
import { fromOrdinal, toFloat } from "../../src/inputs/float32.js";
import { InputError } from "../../src/inputs/input-error.js";
import { INFINITY_ORDINAL } from "../../src/inputs/ordinal.js";

const folder = mkdtempSync(join(tmpdir(), "audit baseline ü-"));
afterAll(() => rmSync(folder, { recursive: true }));

const baseline: Baseline = {
  version: "0.1.0",
  seed: 0,
  platform: "linux x64",
  targets: {
    wasm: { backend: "wasm", device: "WebAssembly", versions: { tfjs: "4.22.0", node: "20.1.0" } },
    cpu: { backend: "cpu", device: "JavaScript", versions: { tfjs: "4.22.0", node: "20.1.0" } },
  },
  dependencies: { "@tensorflow/tfjs": "4.22.0" },
  inputs: { loss: ["2,001 logits in [-120, 120]", "4 maps"] },
  audited: {
    "loss#stable": { sweep: ["wasm", "cpu"], search: [] },
    "loss#naive": { sweep: ["cpu"], search: ["cpu"] },
  },
  findings: [
    { id: "loss/naive/cpu/value/nan/Log", severity: "error" },
    {
      id: "loss/naive/cpu/value/overflow/0/above",
      severity: "error",
      from: toFloat(Math.fround(88.72284)),
      to: toFloat(Infinity),
    },
    { id: "loss/naive/cpu/value/inaccurate/0/below", severity: "note" },
  ],
};

const text = `{
  "schema": 1,
  "version": "0.1.0",
  "seed": 0,
  "platform": "linux x64",
  "targets": {
    "cpu": { "backend": "cpu", "device": "JavaScript", "versions": { "node": "20.1.0", "tfjs": "4.22.0" } },
    "wasm": { "backend": "wasm", "device": "WebAssembly", "versions": { "node": "20.1.0", "tfjs": "4.22.0" } }
  },
  "dependencies": {
    "@tensorflow/tfjs": "4.22.0"
  },
  "inputs": {
    "loss": ["2,001 logits in [-120, 120]", "4 maps"]
  },
  "audited": {
    "loss#naive": { "sweep": ["cpu"], "search": ["cpu"] },
    "loss#stable": { "sweep": ["cpu", "wasm"], "search": [] }
  },
  "findings": [
    {
      "id": "loss/naive/cpu/value/inaccurate/0/below",
      "severity": "note"
    },
    {
      "id": "loss/naive/cpu/value/nan/Log",
      "severity": "error"
    },
    {
      "id": "loss/naive/cpu/value/overflow/0/above",
      "severity": "error",
      "from": { "value": 88.72284, "bits": "0x42b17218" },
      "to": { "value": "Infinity", "bits": "0x7f800000" }
    }
  ]
}
`;

test("the file is sorted, one thing a line, with decimals that people know", () => {
  expect(baselineText(baseline)).toBe(text);
});

const name = fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" });
const ordinal = fc.integer({ min: -INFINITY_ORDINAL, max: INFINITY_ORDINAL });
const finding = fc
  .tuple(
    fc.constantFrom("error" as const, "warning" as const, "note" as const),
    ordinal,
    ordinal,
    name,
    fc.boolean(),
  )
  .map(([severity, a, b, label, isSwept]): BaselineFinding => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    if (!isSwept || severity === "note")
      return { id: `loss/naive/cpu/gradient/formula/${label.replaceAll("/", "")}!`, severity };
    return {
      id: `loss/naive/cpu/value/nan/${label}/above`,
      severity,
      from: toFloat(fromOrdinal(low)),
      to: toFloat(fromOrdinal(high)),
    };
  });

test("what is written is read again: every float32, any name", () => {
  const any = fc.record({
    version: name,
    seed: fc.nat(),
    platform: name,
    targets: fc.dictionary(
      name,
      fc.record({ backend: name, device: name, versions: fc.dictionary(name, name) }),
    ),
    dependencies: fc.dictionary(name, name),
    inputs: fc.dictionary(name, fc.array(name)),
    audited: fc.dictionary(name, fc.record({ sweep: fc.array(name), search: fc.array(name) })),
    findings: fc.uniqueArray(finding, { selector: ({ id }) => id }),
  });
  fc.assert(
    fc.property(any, (one) => {
      const written = baselineText(one);
      const read = baselineIn("b.json", written);
      expect(baselineText(read)).toBe(written);
      expect(read.findings.length).toBe(one.findings.length);
      for (const { id, severity, from, to } of one.findings) {
        const found = read.findings.find((other) => other.id === id);
        expect([found?.severity, found?.from?.bits, found?.to?.bits]).toEqual([
          severity,
          from?.bits,
          to?.bits,
        ]);
      }
    }),
  );
});

test("line ends of Windows and a byte order mark are no fault", () => {
  expect(baselineIn("b.json", `\uFEFF${text.replaceAll("\n", "\r\n")}`)).toEqual(baselineIn("b.json", text));
});

const conflict = text.replace(
  '      "severity": "note"\n',
  '<<<<<<< HEAD\n      "severity": "note"\n=======\n',
);
const faults: [what: string, text: string, reason: RegExp][] = [
  ["empty", "", /it is empty/],
  ["no JSON", "baseline", /it is not JSON, in line 1/],
  ["cut off", text.slice(0, 400), /it ends too early/],
  ["in conflict", conflict, /it has a merge conflict of git in line 23\. Keep one of its sides/],
  ["of null bytes", "\0".repeat(100), /it is no text in UTF-8/],
  ["a list", "[]", /it is a list of 0, but must be an object/],
  ["without a schema", text.replace('"schema": 1,', ""), /schema is missing/],
  [
    "of a newer schema",
    text.replace('"schema": 1', '"schema": 2'),
    /it has the schema 2, and audit .* reads schema 1: a newer version wrote it\. Update loss-audit/,
  ],
  ["of an impossible schema", text.replace('"schema": 1', '"schema": "1"'), /schema is "1"/],
  ["without findings", text.replace('"findings"', '"found"'), /findings is missing/],
  [
    "with an unknown severity",
    text.replace('"note"', '"fatal"'),
    /findings\[0\]\.severity is "fatal", but must be one of error, warning, note/,
  ],
  ["with a region that is missing", text.replace(/"from": \{[^}]*\},/, ""), /findings\[2\]\.from is missing/],
  [
    "with bits that are another number",
    text.replace("88.72284,", "88.7,"),
    /findings\[2\]\.from\.value is 88\.7, but must be 88\.72284/,
  ],
  [
    "with a region from right to left",
    text.replace("0x7f800000", "0xff800000").replace('"Infinity"', '"-Infinity"'),
    /findings\[2\]\.from is an object, but must be a number that is not above -Infinity/,
  ],
  [
    "with one finding twice",
    text.replace(/nan\/Log(",\s+"severity": )"error"/, 'inaccurate/0/below$1"note"'),
    /it has the finding .* twice/,
  ],
];

describe("a baseline that can't be used is refused with its name, the reason and the cure:", () => {
  test.each(faults)("%s", async (what, content, reason) => {
    const path = join(folder, `${what}.json`);
    writeFileSync(path, content);
    const error = await readBaseline(path).then(
      () => undefined,
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toMatch(reason);
    expect(error.message).toContain(path);
    expect(error.message).toMatch(/Restore it from version control|Keep one of its sides/);
  });

  test("a folder", async () => {
    mkdirSync(join(folder, "folder.json"));
    await expect(readBaseline(join(folder, "folder.json"))).rejects.toThrow(/it is a folder, not a file/);
  });
});

test("a file that is not there is no baseline", async () => {
  expect(await readBaseline(join(folder, "absent.json"))).toBeUndefined();
});

test("whatever becomes of a file, it is read or refused, and never crashes", () => {
  const cuts = fc.tuple(fc.nat(text.length), fc.nat(40), fc.string({ maxLength: 8, unit: "binary" }));
  const values = fc.constantFrom("null", "1e999", "-0", '"NaN"', "[]", "{}", '"__proto__"', "1", "true");
  const mutated = fc.oneof(
    cuts.map(([at, length, inserted]) => text.slice(0, at) + inserted + text.slice(at + length)),
    fc.tuple(fc.nat(200), values).map(([at, value]) => {
      const all = [...text.matchAll(/(?<=: )("[^"\n]*"|\d[\d.]*|\[[^\]\n]*\])/g)];
      const { index, 0: old } = all[at % all.length];
      return text.slice(0, index) + value + text.slice(index + old.length);
    }),
  );
  fc.assert(
    fc.property(mutated, (content) => {
      try {
        expect(baselineIn("b.json", baselineText(baselineIn("b.json", content))).findings).toBeDefined();
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }),
    { numRuns: 1000 },
  );
});
