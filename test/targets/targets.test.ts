import { expect, test } from "vitest";
import { useBackend } from "../../src/targets/backend.js";
import { ALWAYS_THERE } from "../../src/targets/names.js";
import type { Computed } from "../../src/targets/target.js";
import { loadTarget } from "../../src/targets/targets.js";
import { loadTfjs } from "../../src/targets/tfjs.js";

test.each(ALWAYS_THERE)("%s loads, and says what it is", async (name) => {
  const tf = await loadTfjs();
  const { description } = await loadTarget(name);
  expect(description).toMatchObject({
    name,
    backend: name,
    software: false,
    subnormals: "kept",
    versions: { tfjs: tf.version.tfjs, node: process.versions.node },
  });
  expect(description.device).toMatch(
    name === "wasm" ? /^WebAssembly, (no )?SIMD, 1 thread$/ : /^JavaScript$/,
  );
});

test("an unknown target is refused with what there is", async () => {
  await expect(loadTarget("wsam")).rejects.toThrow(
    'There is no target "wsam". Did you mean "wasm"? The targets are cpu, wasm, tensorflow, ',
  );
});

test("a call switches between the backends of one tfjs, and back at once", async () => {
  const tf = await loadTfjs();
  await loadTarget("wasm");
  for (const name of ["cpu", "wasm", "cpu", "wasm"]) {
    useBackend(tf, name);
    expect(tf.getBackend()).toBe(name);
    expect(tf.tidy(() => tf.exp(tf.scalar(0)).dataSync()[0])).toBe(1);
  }
  expect(() => useBackend(tf, "webgl")).toThrow(/webgl/);
});

test("loading wasm leaves no handler behind that would print its loader's source", async () => {
  await loadTarget("wasm");
  const handlers = [
    ...process.listeners("uncaughtException"),
    ...process.listeners("unhandledRejection"),
  ].map(String);
  expect(handlers.filter((source) => source.includes("throw") && source.includes("ExitStatus"))).toEqual([]);
});

const out = (n: number): Computed => ({
  value: new Float32Array(n),
  gradient: new Float32Array(n),
  threw: new Uint8Array(n),
});

test.each(ALWAYS_THERE)(
  "%s gives values and gradients, leaves no tensor behind, and a kept tensor alone",
  async (name) => {
    const tf = await loadTfjs();
    const target = await loadTarget(name);
    const constant = tf.keep(tf.tensor1d([5, 5]));
    const square = target.running({ name: "square", f: (x) => tf.square(x) });
    const fixed = target.running({ name: "fixed", f: () => constant });
    const before = tf.memory().numTensors;
    const computed = out(2);
    const points = {
      shape: [1],
      batched: true,
      n: 2,
      logits: Float32Array.of(3, -4),
      labels: new Float32Array(2),
    };
    expect(await square.points(points, computed)).toBeUndefined();
    expect([...computed.value, ...computed.gradient]).toEqual([9, 16, 6, -8]);
    for (let i = 0; i < 2; i++) {
      const { value, gradient } = await fixed.batch([2], points.logits, points.labels);
      expect([...value]).toEqual([5, 5]);
      expect(gradient).toMatch(/Cannot compute gradient/);
    }
    expect(tf.memory().numTensors).toBe(before);
  },
);
