import { expect, test } from "vitest";
import type { ExplainConfig } from "../../src/explain/config.js";
import { explainOptionsOf } from "../../src/explain/config-options.js";
import { InputError } from "../../src/inputs/input-error.js";

const optionsOf = (given: Partial<ExplainConfig>, folder = process.cwd()) =>
  explainOptionsOf({ loss: "softplus", ...given } as ExplainConfig, folder);
const sourceOf = async (given: Partial<ExplainConfig>) => (await optionsOf(given)).source;

test("logits and labels are numbers or bits, one or a list, each once; -0 is not 0", async () => {
  expect(await sourceOf({ at: 17.4 })).toEqual({ kind: "at", logits: [Math.fround(17.4)], labels: [0] });
  expect(await sourceOf({ at: ["0x418b3333", 17.4, 0, -0, Infinity], label: [1, 0, 1] })).toEqual({
    kind: "at",
    logits: [Math.fround(17.4), 0, -0, Number.POSITIVE_INFINITY],
    labels: [1, 0],
  });
});

test("a heat map is that of a sweep with the same keys", async () => {
  const given = { heatmap: 3, size: [8, 4], objects: [0, 2], seed: 7, index: [0, 1, 2, 0] };
  expect(await sourceOf(given as Partial<ExplainConfig>)).toEqual({
    kind: "heatmap",
    heatmap: 3,
    options: { height: 8, width: 4, classes: 1, objects: [0, 2], seed: 7 },
    index: [0, 1, 2, 0],
  });
});

test("files are those of the folder", async () => {
  const given = { loss: "losses/focal.ts#naive", logits: "x.npy", "label-map": "z.npy" };
  const { loss, source } = await optionsOf(given, `${process.cwd()}/project`);
  expect(loss).toBe("project/losses/focal.ts#naive");
  expect(source).toMatchObject({ logits: "project/x.npy", labelMap: "project/z.npy" });
});

test.each<[object, string]>([
  [{}, "No point was given. Give logits with at"],
  [{ at: 1, logits: "x.npy" }, "at and logits are two ways to give the points"],
  [{ at: 1, index: [0] }, "index does not go with at, only with logits and heatmap"],
  [{ logits: "x.npy", beside: [1, 1] }, "beside does not go with logits, only with at"],
  [{ logits: "x.npy", "label-map": "z.npy", label: 1 }, "label and label-map both give the labels"],
  [{ at: 1, classes: 1 }, "classes is 1, but a row has at least 2 logits."],
  [{ at: "x" }, 'at is "x", but must be a float32 number or ±Infinity.'],
  [{ at: [] }, "at is [], but must be a list with at least one item."],
  [{ at: 1, label: Infinity }, "label is Infinity, but must be a finite float32 number."],
  [{ at: 1, target: "kpu" }, 'target is "kpu", but must be one of cpu, wasm, '],
  [{ at: 1, tarjet: "cpu" }, 'there is no key "tarjet". Did you mean "target"?'],
  [{ at: 1, loss: "failure.json" }, "at does not go with failure.json: the failure says itself"],
  [{ at: 1, loss: 3 }, "loss is 3, but must be a text"],
])("%j is refused: %s", async (given, message) => {
  await expect(optionsOf(given)).rejects.toThrow(InputError);
  await expect(optionsOf(given)).rejects.toThrow(message);
});
