import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { record } from "../../../src/program/record.js";
import type { Computed, Target } from "../../../src/targets/target.js";
import { loadTarget } from "../../../src/targets/targets.js";
import { loadTfjs } from "../../../src/targets/tfjs.js";
import { runs } from "../expected.js";

const there = await runs("webgl");
const path = fileURLToPath(new URL("../../../fixtures/user-losses/page/exact.ts", import.meta.url));
const loss = { kind: "file" as const, argument: path, path };

/** Float32 of all exponents and signs, by bits: NaNs with payloads, subnormals and infinities among them. */
function floats(n: number, seed: number): Float32Array {
  const bits = new Uint32Array(n);
  let state = seed;
  for (let i = 0; i < n; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bits[i] = state ^ (state >>> 15);
  }
  bits.set([0x7fc00001, 0xffc12345, 0x80000000, 1, 0x807fffff, 0xff800000, 0x7f800000]);
  return new Float32Array(bits.buffer);
}

function bits(data: ArrayLike<number>): Uint32Array {
  return new Uint32Array(Float32Array.from(data).buffer);
}

const out = (n: number): Computed => ({
  value: new Float32Array(n),
  gradient: new Float32Array(n),
  threw: new Uint8Array(n),
});

/** What a target gives for the implementation of that name. */
async function points(
  target: Target,
  name: string,
  logits: Float32Array,
  labels: Float32Array,
  batched = true,
) {
  const computed = out(logits.length);
  const f = () => {
    throw new Error("It must not run in this process.");
  };
  const running = target.running({ name, f });
  const thrown = await running.points({ shape: [1], batched, n: logits.length, logits, labels }, computed);
  return { ...computed, thrown };
}

const TARGETS = {
  webgl: {
    backend: "webgl",
    device: /^ANGLE \(.+\), Chrom\w+ [\d.]+$|, Google Chrome/,
    float32Textures: true,
  },
  "webgpu-browser": { backend: "webgpu", device: /^WebGPU, .+, (Chromium|Google Chrome) [\d.]+$/ },
  "wasm-browser": { backend: "wasm", device: /^WebAssembly, SIMD, 1 thread, / },
};

describe.runIf(there).each(Object.entries(TARGETS))("%s", (name, expected) => {
  let target: Target;
  beforeAll(async () => {
    target = await loadTarget(name, { loss, from: "logits" });
  });
  afterAll(() => target?.close());

  test("says what it is", () => {
    const { device, versions, subnormals, software, ...description } = target.description;
    expect(description).toMatchObject({
      name,
      backend: expected.backend,
      ...("float32Textures" in expected ? { float32Textures: true } : {}),
    });
    expect(device).toMatch(expected.device);
    expect(software).toBe(/swiftshader|llvmpipe/i.test(device));
    expect(versions).toMatchObject({ tfjs: "4.22.0", node: process.versions.node });
    expect(versions.chromium ?? versions["google-chrome"]).toMatch(/^\d+\./);
    expect(subnormals).toMatch(name === "wasm-browser" ? "kept" : /^(kept|flushed)$/);
  });

  test("many numbers go there and back bit for bit", async () => {
    const logits = floats(300_000, 1); // more than go in one call
    const { value, gradient, threw, thrown } = await points(target, "identity", logits, logits);
    expect(thrown).toBeUndefined();
    expect(bits(value)).toEqual(bits(logits));
    expect(gradient.every((slope) => slope === 1)).toBe(true);
    expect(threw.some((bit) => bit !== 0)).toBe(false);
  });

  test("sums and products are those of IEEE, where no subnormal is in them", async () => {
    // So many floats that some of the results lie anywhere.
    const [x, z] = [floats(50_000, 2), floats(50_000, 3)];
    const isNormal = (number: number) =>
      number === 0 || (Math.abs(number) >= 2 ** -126 && Math.abs(number) < 2 ** 128);
    for (const [operation, exact] of [
      ["sum", (a: number, b: number) => a + b],
      ["product", (a: number, b: number) => a * b],
    ] as const) {
      const { value } = await points(target, operation, x, z);
      // One rounding of float64 does no harm to a second to float32.
      const right = x.map((a, i) => exact(a, z[i]));
      const sure = [...x.keys()].filter((i) => [x[i], z[i], right[i]].every(isNormal));
      expect(sure.length).toBeGreaterThan(10_000);
      expect(bits(sure.map((i) => value[i]))).toEqual(bits(sure.map((i) => right[i])));
    }
  });

  test("points of a call each come together, and what throws is said of each", async () => {
    const logits = Float32Array.from({ length: 70 }, (_, i) => i - 35);
    const { value, gradient } = await points(target, "product", logits, logits, false);
    expect(value).toEqual(logits.map((x) => x * x));
    expect(gradient).toEqual(logits);
    const none = await points(target, "nothing", logits, logits);
    expect(none.thrown).toBe('In a page its file does not export "nothing"');
    expect(none.threw).toEqual(new Uint8Array(70).fill(3));
  });

  test("a batch gives what the function gives, and throws what it throws", async () => {
    const [x, z] = [Float32Array.of(3, -4), Float32Array.of(0.5, 2)];
    const run = (name: string) => target.running({ name, f: (a) => a }).batch([1, 2], x, z);
    expect(await run("product")).toEqual({ value: Float32Array.of(1.5, -8), gradient: z });
    await expect(run("nothing")).rejects.toThrow('In a page its file does not export "nothing"');
  });

  test("numbers that a function asks for at once come, but on WebGPU", async () => {
    const x = Float32Array.of(3);
    const reading = target.running({ name: "reads", f: (a) => a }).batch([1], x, x);
    if (expected.backend !== "webgpu") expect((await reading).value).toEqual(Float32Array.of(-9));
    else await expect(reading).rejects.toThrow("a loss must not call dataSync() or arraySync() there");
  });

  test("replays a program kernel by kernel", async () => {
    const tf = await loadTfjs();
    const batch = { shape: [3], logits: Float32Array.of(-2, 0.5, 8), labels: Float32Array.of(1, 2, 3) };
    const program = record(tf, (x, z) => tf.where(tf.greater(z, 1.5), tf.mul(x, z), 7), batch);
    const { values, stopped } = await target.replay(program, batch.logits, batch.labels);
    expect(stopped).toBeUndefined();
    expect(Array.from(values[program.value] as Float32Array)).toEqual([7, 1, 24]);
    expect(Array.from(values[program.gradient as number] as Float32Array)).toEqual([0, 2, 3]);
    const greater = program.nodes.find(({ kernel }) => kernel === "Greater");
    expect(values[greater?.outputs[0] as number]).toEqual(Uint8Array.of(0, 1, 1));
  });
});

test.runIf(there)(
  "on wasm-browser all sums and products are those of cpu, subnormals among them",
  async () => {
    const [x, z] = [floats(50_000, 4), floats(50_000, 5)];
    const browser = await loadTarget("wasm-browser", { loss, from: "logits" });
    const cpu = await loadTarget("cpu");
    const tf = await loadTfjs();
    try {
      for (const [name, f] of Object.entries({ sum: tf.add, product: tf.mul })) {
        const computed = out(x.length);
        await cpu
          .running({ name, f })
          .points({ shape: [1], batched: true, n: x.length, logits: x, labels: z }, computed);
        const { value, gradient } = await points(browser, name, x, z);
        // Which NaN an operation gives, IEEE leaves open.
        const numbers = [...x.keys()].filter((i) => !Number.isNaN(computed.value[i]));
        expect(numbers.some((i) => computed.value[i] !== 0 && Math.abs(computed.value[i]) < 2 ** -126)).toBe(
          true,
        );
        expect(bits(numbers.map((i) => value[i]))).toEqual(bits(numbers.map((i) => computed.value[i])));
        expect(value.map(Number.isNaN as never)).toEqual(computed.value.map(Number.isNaN as never));
        expect(gradient).toEqual(computed.gradient);
      }
    } finally {
      await browser.close();
    }
  },
);
