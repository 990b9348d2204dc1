import { expect, test } from "vitest";
import type { AuditedLosses } from "../../src/gate/audited.js";
import { goneOf, goneText } from "../../src/gate/gone.js";
import { isInScope, type Scope } from "../../src/gate/scope.js";

const on = (sweep: string[], search: string[] = []) => ({ sweep, search });
const before: AuditedLosses = {
  "a#naive": on(["cpu", "wasm"], ["cpu"]),
  "a#stable": on(["cpu", "wasm"], ["cpu"]),
  "src/b#naive": on(["cpu", "wasm"]),
};

const names = (now: AuditedLosses, scope: Scope = {}) => goneOf(before, now, scope).map(goneText);

test.each<[what: string, now: AuditedLosses, gone: string[]]>([
  ["nothing", before, []],
  ["more than there was", { ...before, "c#naive": on(["cpu"]) }, []],
  ["everything", {}, ["a", "src/b"]],
  ["a loss", { "a#naive": before["a#naive"], "a#stable": before["a#stable"] }, ["src/b"]],
  ["an implementation", { "a#naive": before["a#naive"], "src/b#naive": before["src/b#naive"] }, ["a#stable"]],
  [
    "a target",
    { "a#naive": on(["cpu"], ["cpu"]), "a#stable": on(["cpu"], ["cpu"]), "src/b#naive": on(["cpu"]) },
    ["wasm"],
  ],
  ["one implementation on one target", { ...before, "a#stable": on(["cpu"], ["cpu"]) }, ["a#stable on wasm"]],
  [
    "a loss, and a target of the others",
    { "a#naive": on(["cpu"], ["cpu"]), "a#stable": on(["cpu"], ["cpu"]) },
    ["src/b", "wasm"],
  ],
  [
    "the search",
    { "a#naive": on(["cpu", "wasm"]), "a#stable": on(["cpu", "wasm"]), "src/b#naive": on(["cpu", "wasm"]) },
    ["the search"],
  ],
  [
    "the search of one implementation",
    { ...before, "a#stable": on(["cpu", "wasm"]) },
    ["the search of a#stable"],
  ],
])("gone: %s", (_, now, gone) => {
  expect(names(now)).toEqual(gone);
});

test("what is out of scope is not gone", () => {
  expect(names({}, { losses: [{ loss: "a" }] })).toEqual(["a"]);
  expect(names({}, { losses: [{ loss: "a", implementation: "naive" }] })).toEqual(["a"]);
  expect(names({ "a#naive": on(["cpu"]) }, { targets: ["cpu"] })).toEqual([
    "src/b",
    "a#stable",
    "the search",
  ]);
  expect(names({}, { unchanged: [{ loss: "a" }, { loss: "src/b" }] })).toEqual([]);
});

test("a scope holds losses, parts of them and targets", () => {
  const place = { loss: "a", implementation: "naive", target: "cpu" };
  const cases: [Scope, boolean][] = [
    [{}, true],
    [{ losses: [] }, false],
    [{ losses: [{ loss: "a" }] }, true],
    [{ losses: [{ loss: "a", implementation: "stable" }] }, false],
    [{ losses: [{ loss: "a" }], targets: ["wasm"] }, false],
    [{ unchanged: [{ loss: "a", implementation: "naive" }] }, false],
    [{ unchanged: [{ loss: "b" }] }, true],
  ];
  expect(cases.map(([scope]) => isInScope(scope, place))).toEqual(cases.map(([, isIn]) => isIn));
});
