/** The targets by name, without loading any of them. */
export interface TargetName {
  name: string;
  /** tfjs's name of the backend. */
  backend: string;
  /** What runs the user's function there, in a few words. */
  is: string;
  /** In this process, or in a page of a browser. */
  place: "process" | "page";
  /** A package that has to be installed for it; the user may not have it. */
  needs?: string;
}

export const targets: readonly TargetName[] = [
  { name: "cpu", backend: "cpu", is: "tfjs's kernels in JavaScript", place: "process" },
  { name: "wasm", backend: "wasm", is: "tfjs's kernels in WebAssembly", place: "process" },
  {
    name: "tensorflow",
    backend: "tensorflow",
    is: "native TensorFlow on the CPU (tfjs-node)",
    place: "process",
    needs: "@tensorflow/tfjs-node",
  },
  {
    name: "tensorflow-gpu",
    backend: "tensorflow",
    is: "native TensorFlow on CUDA (tfjs-node-gpu)",
    place: "process",
    needs: "@tensorflow/tfjs-node-gpu",
  },
  {
    name: "webgpu",
    backend: "webgpu",
    is: "WebGPU in Node, by Dawn",
    place: "process",
    needs: "webgpu",
  },
  { name: "webgl", backend: "webgl", is: "WebGL in Chrome or Chromium", place: "page" },
  { name: "webgpu-browser", backend: "webgpu", is: "WebGPU in Chrome or Chromium", place: "page" },
  { name: "wasm-browser", backend: "wasm", is: "WebAssembly in Chrome or Chromium", place: "page" },
];

export const targetNames: readonly string[] = targets.map(({ name }) => name);

/** Targets that every machine has: their packages come with this one. */
export const ALWAYS_THERE: readonly string[] = ["cpu", "wasm"];
