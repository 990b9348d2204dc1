import { expect, test } from "vitest";
import { useBackend } from "../../src/targets/backend.js";
import { loadTarget, targetNames } from "../../src/targets/targets.js";

test.each(targetNames)("%s loads, is the current backend, and says what it is", async (name) => {
  const { tf, description } = await loadTarget(name);
  expect(tf.getBackend()).toBe(name);
  expect(description).toMatchObject({
    name,
    backend: name,
    versions: { tfjs: tf.version.tfjs, node: process.versions.node },
  });
  expect(description.device).toMatch(
    name === "wasm" ? /^WebAssembly, (no )?SIMD, 1 thread$/ : /^JavaScript$/,
  );
  expect(tf.tidy(() => tf.exp(tf.scalar(0)).dataSync()[0])).toBe(1);
});

test("an unknown target is refused with what there is", async () => {
  await expect(loadTarget("wsam")).rejects.toThrow(
    'There is no target "wsam". Did you mean "wasm"? The targets are cpu and wasm.',
  );
});

test("all targets are one tfjs, between whose backends a call switches", async () => {
  const { tf } = await loadTarget("cpu");
  expect((await loadTarget("wasm")).tf).toBe(tf);
  for (const name of ["cpu", "wasm", "cpu"]) {
    useBackend(tf, name);
    expect(tf.getBackend()).toBe(name);
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
