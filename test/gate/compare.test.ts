import fc from "fast-check";
import { expect, test } from "vitest";
import { compare } from "../../src/gate/compare.js";
import type { Found } from "../../src/gate/found.js";
import { INFINITY_ORDINAL } from "../../src/inputs/ordinal.js";
import { severityRank } from "../../src/judge/finding.js";
import { found, known, numbered, searched } from "./findings.js";

/** What a comparison says, in words: kinds by the place in the list of what was found, and how many are cured. */
function said(before: readonly Found[], now: readonly Found[]) {
  const { changes, improvements, cured } = compare(before.map(known), now);
  return {
    said: now.map(({ id }) => changes.get(id)?.kind ?? improvements.get(id)?.kind ?? "same"),
    cured: cured.map(({ id }) => id),
  };
}

const cases: [name: string, before: Found[], now: Found[], said: string[], cured?: string[]][] = [
  ["nothing and nothing", [], [], []],
  ["a first finding", [], [found(5, 9)], ["new"]],
  ["the same region", [found(5, 9)], [found(5, 9)], ["same"]],
  ["a region that is gone", [found(5, 9)], [], [], [found(5, 9).id]],
  ["one ulp more above", [found(5, 9)], [found(5, 10)], ["grown"]],
  ["one ulp more below", [found(5, 9)], [found(4, 9)], ["grown"]],
  ["one ulp less on both sides", [found(5, 9)], [found(6, 8)], ["shrunk"]],
  ["less on one side and more on the other", [found(5, 9)], [found(7, 11)], ["grown"]],
  ["a region that moved away", [found(5, 9)], [found(20, 30)], ["grown"]],
  ["a region that moved to the other side of 0", [found(5, 9)], [found(-9, -5)], ["grown"]],
  ["a region that grew over 0 and has another id", [found(5, 9)], [found(-1, 9)], ["grown"]],
  ["a region that shrank to one side of 0", [found(-3, 9)], [found(2, 9)], ["shrunk"]],
  ["a second region", [found(5, 9)], [found(5, 9), found(20, 30, "error", 2)], ["same", "new"]],
  ["a second region on the other side", [found(5, 9)], [found(-9, -5), found(5, 9)], ["new", "same"]],
  [
    "a split, whose first part takes the id of the whole",
    [found(1, 10)],
    [found(1, 4), found(6, 10, "error", 2)],
    ["shrunk", "shrunk"],
  ],
  [
    "a split with a part that grew",
    [found(1, 10)],
    [found(1, 4), found(6, 11, "error", 2)],
    ["shrunk", "grown"],
  ],
  ["a merge, with what lay between", [found(1, 4), found(6, 10, "error", 2)], [found(1, 10)], ["grown"]],
  ["a merge of neighbours", [found(1, 5), found(6, 10, "error", 2)], [found(1, 10)], ["same"]],
  [
    "one of two regions is gone, and the other has its id",
    [found(1, 4), found(6, 10, "error", 2)],
    [found(6, 10)],
    ["same"],
    [found(1, 4).id],
  ],
  ["a warning that became an error", [found(5, 9, "warning")], [found(5, 9)], ["more-severe"]],
  ["a part of a warning that became an error", [found(5, 9, "warning")], [found(6, 7)], ["more-severe"]],
  ["an error that became a warning", [found(5, 9)], [found(5, 9, "warning")], ["less-severe"]],
  ["an error that became a wider warning", [found(5, 9)], [found(5, 12, "warning")], ["grown"]],
  ["a note that became a warning", [found(5, 9, "note")], [found(5, 9, "warning")], ["more-severe"]],
  ["a warning that became a note", [found(5, 9, "warning")], [found(5, 9, "note")], ["less-severe"]],
  ["a note that moved", [found(5, 9, "note")], [found(-20, 3, "note")], ["same"]],
  ["a note more", [found(5, 9, "note")], [found(-9, -5, "note"), found(5, 9, "note")], ["new", "same"]],
  [
    "an error that spread over the warning beside it",
    [found(1, 4, "error"), found(5, 9, "warning", 2)],
    [found(1, 9)],
    ["grown"],
  ],
  [
    "a warning that stands where errors and warnings were",
    [found(1, 4, "error"), found(5, 9, "warning", 2)],
    [found(1, 9, "warning")],
    ["less-severe"],
  ],
  [
    "severities that changed their numbers",
    [found(1, 4, "warning"), found(6, 9, "note", 2)],
    [found(1, 2, "note"), found(3, 4, "warning", 2)],
    ["same", "shrunk"],
  ],
  ["regions that end at Infinity", [found(5, INFINITY_ORDINAL)], [found(5, INFINITY_ORDINAL)], ["same"]],
  [
    "an example elsewhere",
    [searched("Exp")],
    [{ ...searched("Exp"), region: found(99, 999).region }],
    ["same"],
  ],
  ["a search that found more", [searched("Exp")], [searched("Exp"), searched("Exp-2")], ["same", "new"]],
  [
    "a search that found less, with other numbers",
    [searched("Exp"), searched("Exp-2", "warning")],
    [searched("Exp", "warning")],
    ["same"],
    [searched("Exp").id],
  ],
  ["a search that found it worse", [searched("Exp", "warning")], [searched("Exp")], ["more-severe"]],
  ["a search that found it milder", [searched("Exp")], [searched("Exp", "note")], ["less-severe"]],
  ["another kernel", [searched("Exp")], [searched("Log")], ["new"], [searched("Exp").id]],
];

test.each(cases)("%s", (_, before, now, expected, cured = []) => {
  expect(said(before, now)).toEqual({ said: expected, cured });
});

test("of what has grown the region that was accepted is told", () => {
  const { changes } = compare([known(found(5, 9))], [found(5, 10)]);
  expect(changes.get(found(5, 10).id)).toEqual({ kind: "grown", was: known(found(5, 9)) });
});

test("findings of another label, kind, quantity, target, implementation or loss are another defect", () => {
  for (const [a, b] of [
    ["/0/", "/1/"],
    ["overflow", "nan"],
    ["value", "gradient"],
    ["cpu", "wasm"],
    ["naive", "stable"],
    ["loss", "src/loss"],
  ]) {
    const other = { ...found(5, 9), id: found(5, 9).id.replace(a, b) };
    expect(said([found(5, 9)], [other])).toEqual({ said: ["new"], cured: [found(5, 9).id] });
  }
});

/** Regions of one defect, as a sweep gives them: sorted, without overlap among those of one severity. */
const state = fc
  .uniqueArray(fc.integer({ min: -40, max: 40 }), { minLength: 0, maxLength: 12 })
  .chain((ends) =>
    fc
      .array(fc.constantFrom("error" as const, "warning" as const, "note" as const), {
        minLength: Math.floor(ends.length / 2),
        maxLength: Math.floor(ends.length / 2),
      })
      .map((severities) => {
        const sorted = [...ends].sort((a, b) => a - b);
        return numbered(severities.map((severity, i) => found(sorted[2 * i], sorted[2 * i + 1], severity)));
      }),
  );

test("a state is as it was beside its own baseline", () => {
  fc.assert(
    fc.property(state, (now) => {
      expect(said(now, now)).toEqual({ said: now.map(() => "same"), cured: [] });
    }),
  );
});

/** The most severe that each float was accepted as, or is found as; 0 where it is right, and for notes. */
const at = (findings: readonly Found[], x: number) =>
  Math.max(
    0,
    ...findings
      .filter(({ severity }) => severity !== "note")
      .filter(({ region }) => ordinalOf(region.from.bits) <= x && x <= ordinalOf(region.to.bits))
      .map(({ severity }) => severityRank[severity]),
  );
const ordinalOf = (bits: string) => {
  const word = Number(bits);
  return word < 2 ** 31 ? word : -(word - 2 ** 31);
};
const floats = Array.from({ length: 90 }, (_, i) => i - 45);

test("a comparison fails exactly where some float is worse than it was accepted, or where notes are more", () => {
  fc.assert(
    fc.property(state, state, (before, now) => {
      const { changes } = compare(before.map(known), now);
      const isWorse = floats.some((x) => at(now, x) > at(before, x));
      const notes = (some: readonly Found[]) => some.filter(({ severity }) => severity === "note").length;
      const worse = now.filter(({ id, severity }) => severity !== "note" && changes.has(id));
      expect(worse.length > 0).toBe(isWorse);
      if (notes(now) <= notes(before)) {
        expect(now.filter(({ id, severity }) => severity === "note" && changes.has(id))).toEqual([]);
      }
    }),
    { numRuns: 1000 },
  );
});

test("whatever grows by an ulp fails, unless it grows into what was accepted as as severe", () => {
  fc.assert(
    fc.property(state, fc.nat(), fc.boolean(), (before, pick, isAbove) => {
      fc.pre(before.some(({ severity }) => severity !== "note"));
      const regions = before.filter(({ severity }) => severity !== "note");
      const one = regions[pick % regions.length];
      const [low, high] = [ordinalOf(one.region.from.bits), ordinalOf(one.region.to.bits)];
      const [from, to] = isAbove ? [low, high + 1] : [low - 1, high];
      const grown = found(from, to, one.severity);
      const now = before.map((other) => (other === one ? { ...grown, id: one.id } : other));
      const isFree = at(before, isAbove ? to : from) < severityRank[one.severity];
      expect(compare(before.map(known), now).changes.has(one.id)).toBe(isFree);
    }),
  );
});

test("everything that was accepted is found, cured, or in the place of something, and no order matters", () => {
  fc.assert(
    fc.property(state, state, (before, now) => {
      const forward = compare(before.map(known), now);
      const backward = compare([...before].reverse().map(known), [...now].reverse());
      expect([...backward.changes.keys()].sort()).toEqual([...forward.changes.keys()].sort());
      expect(backward.cured.length).toBe(forward.cured.length);
      for (const { id } of forward.cured) expect(before.map((one) => one.id)).toContain(id);
    }),
  );
});

test("an empty state cures all, and an empty baseline makes all new", () => {
  fc.assert(
    fc.property(state, (some) => {
      expect(said(some, []).cured.sort()).toEqual(some.map(({ id }) => id).sort());
      expect(said([], some)).toEqual({ said: some.map(() => "new"), cured: [] });
    }),
  );
});
