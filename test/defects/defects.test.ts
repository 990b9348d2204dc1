import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { probePoint } from "../../src/evaluate/probe.js";
import { fromOrdinal, ordinal } from "../../src/inputs/float32.js";
import type { Kind } from "../../src/judge/finding.js";
import { uniform } from "../kernels/random.js";
import { compute, type Defect, defects, folder, implementations, tf } from "./known.js";

const RTOL = 1e-5;
const NEGLIGIBLE = 2 ** -23;

/** Whether `computed` is what a finding of this kind says; without an exact number only NaN and Infinity can be told. */
function shows(kind: Kind, computed: number, exact: number | null): boolean {
  if (kind === "nan") return Number.isNaN(computed);
  if (kind === "overflow") return Math.abs(computed) === Infinity;
  if (exact === null || !Number.isFinite(computed) || isAccurate(computed, exact)) return false;
  if (kind === "dead-gradient" || kind === "underflow") return computed === 0;
  if (kind === "wrong-sign") return computed * exact < 0;
  if (kind === "inaccurate") return true;
  throw new Error(`A defect of kind ${kind} can't be told from its numbers.`);
}

function isAccurate(computed: number, exact: number): boolean {
  return Math.abs(computed - exact) <= RTOL * Math.abs(exact) + NEGLIGIBLE;
}

/** Numbers from end to end, the ends, and what of 0, 1 and -1 with their neighbours and the smallest lies between. */
function spread([low, high]: [number, number], seed: number): number[] {
  const special = [0, 1, -1].flatMap((x) => [-1, 0, 1].map((step) => fromOrdinal(ordinal(x) + step)));
  const numbers = [low, high, ...special, 2 ** -126, -(2 ** -126), ...uniform(40, low, high, seed)];
  return numbers.map(Math.fround).filter((x) => low <= x && x <= high);
}

/** Points that pair every number of the range with labels from end to end, in all elements or in the first alone. */
function* points({ shape, range = [-1e4, 1e4], labels = [0, 1] }: Defect) {
  const size = shape.reduce((a, b) => a * b, 1);
  const logits = spread(range, 1);
  const others = spread(labels, 2);
  for (const [i, x] of logits.entries()) {
    for (const z of [labels[0], labels[1], others[i % others.length]]) {
      const y = logits[(7 * i + 3) % logits.length];
      yield { logits: new Array(size).fill(x), labels: new Array(size).fill(z) };
      yield {
        logits: [x, ...new Array(size - 1).fill(y)],
        labels: [z, ...new Array(size - 1).fill(labels[0])],
      };
    }
  }
}

test("every file is described, and every description has its file", () => {
  const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
  expect(files.map((file) => file.slice(0, -3)).sort()).toEqual(defects.map(({ name }) => name));
  expect(defects.length).toBeGreaterThanOrEqual(45);
});

test("the table lists every defect with its source", () => {
  const readme = readFileSync(new URL("README.md", folder), "utf8");
  for (const { name, title, source } of defects) {
    const cells = [`[${name}](${name}.ts)`, title, source].map((cell) => cell.replaceAll("|", "\\|"));
    expect(readme).toContain(`| ${cells.join(" | ")} |\n`);
  }
});

test.each(defects)(
  "$name: exports cured, then defect, and is seen as one point of its shape",
  async (defect) => {
    const text = readFileSync(new URL(`${defect.name}.ts`, folder), "utf8");
    expect([...text.matchAll(/^export const (\w+)/gm)].map(([, name]) => name)).toEqual(["cured", "defect"]);
    expect(text).toContain("// Source: ");
    const { cured, defect: faulty } = await implementations(defect);
    expect(probePoint(cured, tf).shape).toEqual(defect.shape);
    expect(probePoint(faulty, tf).shape).toEqual(defect.shape);
  },
);

test.each(defects)("$name: the defect fails at the witness as it is said to", async (defect) => {
  const { witness, kind, quantity } = defect;
  const { defect: faulty } = await implementations(defect);
  const computed = compute(faulty, witness.shape, witness.logits, witness.labels);
  const numbers = quantity === "value" ? [computed.value] : computed.gradient;
  const exact = quantity === "value" ? [witness.value] : witness.gradient;
  const failed = numbers.some((number, i) => {
    const truth = exact[i];
    return kind.some((each) => shows(each, number, truth === null ? null : Number(truth)));
  });
  expect(failed, `${quantity} ${numbers}, exact ${exact}`).toBe(true);
});

test.each(defects)("$name: the cured form is right at the witness", async (defect) => {
  const { shape, logits, labels, value, gradient } = defect.witness;
  const computed = compute((await implementations(defect)).cured, shape, logits, labels);
  expect(isAccurate(computed.value, Number(value)), `${computed.value}, exact ${value}`).toBe(true);
  gradient.forEach((exact, i) => {
    if (exact === null) return;
    const number = computed.gradient[i];
    expect(isAccurate(number, Number(exact)), `gradient ${i}: ${number}, exact ${exact}`).toBe(true);
  });
});

test.each(defects)(
  "$name: both run over the whole range, the cured form on finite numbers",
  async (defect) => {
    const { cured, defect: faulty } = await implementations(defect);
    for (const { logits, labels } of points(defect)) {
      const { value, gradient } = compute(cured, defect.shape, logits, labels);
      const at = `logits ${logits}, labels ${labels}`;
      expect([value, ...gradient].every(Number.isFinite), `${value}, gradient ${gradient} at ${at}`).toBe(
        true,
      );
      compute(faulty, defect.shape, logits, labels);
    }
  },
);
