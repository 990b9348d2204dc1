import type { Finding, Float } from "../../src/judge/finding.js";
import type { AuditReport } from "../../src/report/report.js";

/** Reports written by hand, with numbers of the real functions. */

const float = (value: Float["value"], bits: string): Float => ({ value, bits });
const LOW = float(-120, "0xc2f00000");
const HIGH = float(120, "0x42f00000");
const SATURATED = float(17.328680038452148, "0x418aa123");
const UNDERFLOW = float(-103.97208404541016, "0xc2cff1b5");
const FLUSHED = float(-87.33654022216797, "0xc2aeac4f");

function finding(
  changes: Omit<Partial<Finding>, "region" | "worst"> & Pick<Finding, "target" | "region" | "worst">,
): Finding {
  const all: Omit<Finding, "id" | "replay"> = {
    loss: "sigmoid-cross-entropy",
    implementation: "naive",
    arithmetic: "float32",
    quantity: "value",
    kind: "overflow",
    severity: "error",
    message: "The value is Infinity where it is 120. 1 - sigmoid(x) rounds to 0, and log(0) is -Infinity.",
    ...changes,
  };
  return {
    id: `${all.loss}/${all.implementation}/${all.target}/${all.quantity}/${all.kind}/${all.region.label}`,
    ...all,
    replay: `audit explain ${all.loss}#${all.implementation} --at=${all.worst.input.bits} --label=${all.worst.label} --target=${all.target}`,
  };
}

const overflow = (target: string): Finding =>
  finding({
    target,
    region: { from: SATURATED, to: HIGH, label: 0, points: 856, share: 1 },
    worst: {
      input: HIGH,
      label: 0,
      computed: float("Infinity", "0x7f800000"),
      exact: float(120, "0x42f00000"),
      ulps: "Infinity",
    },
  });

const nan = (target: string, to: Float): Finding =>
  finding({
    target,
    kind: "nan",
    quantity: "gradient",
    message:
      "The gradient is NaN where it is -1. The gradient of log at 0 is Infinity, times the 0 of sigmoid's gradient.",
    region: { from: LOW, to, label: 1, points: 133, share: 1 },
    worst: {
      input: LOW,
      label: 1,
      computed: float("NaN", "0x7fc00000"),
      exact: float(-1, "0xbf800000"),
      ulps: "NaN",
    },
  });

const dead = finding({
  target: "wasm",
  implementation: "tensorflow",
  kind: "formula",
  quantity: "gradient",
  severity: "warning",
  message:
    "The gradient is 1.5 where it is 0.5. At the kink of max(x, 0) the two halves of the gradient add up to 1.5.",
  region: { from: float(0, "0x00000000"), to: float(0, "0x00000000"), label: 0, points: 1, share: 1 },
  worst: {
    input: float(0, "0x00000000"),
    label: 0,
    computed: float(1.5, "0x3fc00000"),
    exact: float(0.5, "0x3f000000"),
    ulps: 12582912,
  },
});

const negligible = (target: string): Finding =>
  finding({
    target,
    kind: "underflow",
    severity: "note",
    message: "Below the smallest float32.",
    region: { from: LOW, to: UNDERFLOW, label: 0, points: 133, share: 0.5 },
    worst: {
      input: LOW,
      label: 0,
      computed: float(0, "0x00000000"),
      exact: float(7.667648073722e-53, "0x00000000"),
      ulps: 0.1,
    },
  });

/** One loss with two implementations on two targets, and a file that could not be audited. */
export const sampleReport: AuditReport = {
  schema: 1,
  command: "sweep",
  version: "0.1.0",
  seed: 0,
  targets: [
    { name: "cpu", backend: "cpu", device: "JavaScript", software: false, versions: { tfjs: "4.22.0" } },
    {
      name: "wasm",
      backend: "wasm",
      device: "WebAssembly, SIMD, 1 thread",
      software: false,
      versions: { tfjs: "4.22.0" },
    },
  ],
  audited: { losses: 1, implementations: 2, points: 16008 },
  losses: [
    {
      loss: "sigmoid-cross-entropy",
      inputs: ["2,001 logits in [-120, 120], labels 0 and 1"],
      implementations: [
        {
          implementation: "naive",
          target: "cpu",
          verdict: "error",
          points: 4002,
          kinds: [{ kind: "nan", quantity: "gradient", severity: "error" }],
          firstFailing: {
            below: { input: UNDERFLOW, kind: "nan", label: 1 },
            above: { input: SATURATED, kind: "overflow", label: 0 },
          },
          value: { relative: 0.0312, ulps: 523412, input: float(17.3, "0x418a6666"), label: 0 },
          gradient: { relative: 1, ulps: 1.2e9, input: float(17.3, "0x418a6666"), label: 0 },
        },
        {
          implementation: "naive",
          target: "wasm",
          verdict: "error",
          points: 4002,
          kinds: [{ kind: "nan", quantity: "gradient", severity: "error" }],
          firstFailing: {
            below: { input: FLUSHED, kind: "nan", label: 1 },
            above: { input: SATURATED, kind: "overflow", label: 0 },
          },
          value: { relative: 0.0312, ulps: 523412, input: float(17.3, "0x418a6666"), label: 0 },
          gradient: { relative: 1, ulps: 1.2e9, input: float(17.3, "0x418a6666"), label: 0 },
        },
        {
          implementation: "tensorflow",
          target: "cpu",
          verdict: "ok",
          points: 4002,
          kinds: [],
          firstFailing: {},
          value: { relative: 1.1e-7, ulps: 1.4, input: float(3, "0x40400000"), label: 0 },
          gradient: { relative: 2.2e-7, ulps: 3, input: float(3, "0x40400000"), label: 0 },
        },
        {
          implementation: "tensorflow",
          target: "wasm",
          verdict: "failed",
          points: 0,
          kinds: [],
          firstFailing: {},
          leakedTensors: 12,
        },
      ],
      escalated: 0.0004,
    },
  ],
  findings: [
    negligible("cpu"),
    overflow("cpu"),
    overflow("wasm"),
    nan("cpu", UNDERFLOW),
    nan("wasm", FLUSHED),
    dead,
  ],
  unresolved: 0,
  errors: [
    {
      loss: "./my-loss.ts",
      implementation: "broken",
      target: "cpu",
      message: "./my-loss.ts#broken returned a promise; a loss returns a tensor: remove async from it.",
    },
  ],
  interrupted: false,
  exitCode: 2,
};
