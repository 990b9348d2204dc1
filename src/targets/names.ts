/** The targets by name, in the order in which they are reported, without loading any of them. */
export interface TargetName {
  name: string;
  /** tfjs's name of the backend. */
  backend: string;
  /** What runs the user's function: this process, or a page of a browser. */
  place: "process" | "page";
  /** It runs in any process, also one that was not started for it, so that a program can hand over functions. */
  runsFunctions?: true;
}

export const targets: readonly TargetName[] = [
  { name: "cpu", backend: "cpu", place: "process", runsFunctions: true },
  { name: "wasm", backend: "wasm", place: "process", runsFunctions: true },
  { name: "tensorflow", backend: "tensorflow", place: "process", runsFunctions: true },
  { name: "tensorflow-gpu", backend: "tensorflow", place: "process", runsFunctions: true },
  { name: "webgpu", backend: "webgpu", place: "process" },
  { name: "webgl", backend: "webgl", place: "page" },
  { name: "webgpu-browser", backend: "webgpu", place: "page" },
  { name: "wasm-browser", backend: "wasm", place: "page" },
];

export const targetNames: readonly string[] = targets.map(({ name }) => name);

/** tfjs's name of the backend of a target. */
export function backendOf(name: string): string {
  return targets.find((target) => target.name === name)?.backend as string;
}

/** Targets that every machine has: their packages come with this one. */
export const ALWAYS_THERE: readonly string[] = ["cpu", "wasm"];
