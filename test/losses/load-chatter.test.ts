import { expect, it, vi } from "vitest";

const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
const { loadTfjs, loadWasm } = await import("../../src/targets/tfjs.js");

it("loads tfjs without what it says of its own accord, and drops no other warning", async () => {
  const tf = await loadTfjs();
  await tf.setBackend("cpu");
  tf.tidy(() => void tf.scalar(1).add(1));
  tf.registerBackend("cpu", () => tf.backend());
  tf.registerKernel(tf.getKernel("Sigmoid", "cpu"));
  console.warn("your labels are not in [0, 1]", 2);
  expect(warn.mock.calls).toEqual([["your labels are not in [0, 1]", 2]]);
});

it("loads the wasm backend into the same tfjs, on one thread", async () => {
  const tf = await loadWasm();
  expect(tf).toBe(await loadTfjs());
  expect(await tf.setBackend("wasm")).toBe(true);
  expect(tf.getBackend()).toBe("wasm");
  expect(tf.tidy(() => tf.sigmoid(tf.scalar(0)).dataSync()[0])).toBe(0.5);
  expect(tf.env().getBool("WASM_HAS_MULTITHREAD_SUPPORT")).toBe(false);
});
