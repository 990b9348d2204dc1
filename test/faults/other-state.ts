import type { Random } from "../../src/inputs/random.js";
import type { Mutated } from "./mutate-bytes.js";

type Severity = "error" | "warning" | "note";

interface Float {
  value: number;
  bits: string;
}

/** A baseline as its file has it. */
export interface State {
  version: string;
  audited: Record<string, { sweep: string[]; search: string[] }>;
  findings: { id: string; severity: Severity; from?: Float; to?: Float }[];
}

/** A baseline that is as valid, and accepts another state: what a hand or a merge makes of it without breaking anything. */
export function otherState(text: string, random: Random): Mutated {
  const state: State = JSON.parse(text);
  const names = Object.keys(changes);
  const how = names[random.integer(0, names.length - 1)];
  changes[how](state, random);
  return { how, bytes: Buffer.from(JSON.stringify(state, null, 2)) };
}

const changes: Record<string, (state: State, random: Random) => void> = {
  "with another severity": ({ findings }, random) => {
    const others = findings.filter(({ from, severity }) => from !== undefined || severity !== "note");
    one(others, random).severity = one<Severity>(["error", "warning", "note"], random);
  },
  "with a smaller or a larger region": ({ findings }, random) => {
    const finding = one(
      findings.filter(({ from }) => from !== undefined),
      random,
    );
    const end = one(["from", "to"] as const, random);
    finding[end] = float(Math.fround((finding[end]?.value ?? 0) + random.integer(-5, 5)));
  },
  "without a finding": ({ findings }, random) => {
    findings.splice(random.integer(0, findings.length - 1), 1);
  },
  "with a finding of another name": ({ findings }, random) => {
    const finding = one(findings, random);
    finding.id = finding.id.replace(
      /naive|gradient|value|above/,
      (word) => `${word === "above" ? "below" : "stable"}`,
    );
  },
  "with a finding more": ({ findings }, random) => {
    const { id, ...finding } = one(findings, random);
    findings.push({ id: `${id}-${random.integer(2, 9)}`, ...finding });
  },
  "with another loss or target": ({ audited }, random) => {
    audited[one(["loss#naive", "loss#gone", "gone#naive"], random)] = {
      sweep: one([[], ["cpu"], ["wasm"]], random),
      search: one([[], ["cpu"]], random),
    };
  },
  "of another version": (state) => {
    state.version = "0.0.1";
  },
};

function float(value: number): Float {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return { value, bits: `0x${view.getUint32(0).toString(16).padStart(8, "0")}` };
}

function one<T>(items: readonly T[], random: Random): T {
  return items[random.integer(0, items.length - 1)];
}
