import { formatFloat32 } from "../inputs/float32.js";
import { fromJsonNumber } from "../report/json.js";
import type { ExplainedKernel, KernelInput } from "./report.js";

/** Kernels that move numbers and change none. */
const SILENT = new Set([
  "Cast",
  "ExpandDims",
  "GatherV2",
  "Identity",
  "Reshape",
  "Slice",
  "Tile",
  "Transpose",
]);

const infix: Record<string, { sign: string; binds: number }> = {
  Add: { sign: " + ", binds: 1 },
  Sub: { sign: " - ", binds: 1 },
  Multiply: { sign: "*", binds: 2 },
  RealDiv: { sign: "/", binds: 2 },
  Pow: { sign: "^", binds: 4 },
};

const names: Record<string, string> = { Maximum: "max", Minimum: "min", ClipByValue: "clip" };

/** Text, and how tightly its outermost operation binds; 5 for a name or a call. */
interface Term {
  text: string;
  binds: number;
}

const DEEPEST = 9;
const LONGEST = 60;

/**
 * Writes what a kernel computes as a formula of the logit x and the label z:
 * `1 - sigmoid(x)`. What lies too deep for a short text is left out as `…`.
 */
export class Expressions {
  readonly #kernels: ReadonlyMap<string, ExplainedKernel>;

  constructor(kernels: readonly ExplainedKernel[]) {
    this.#kernels = new Map(kernels.map((kernel) => [kernel.id, kernel]));
  }

  of(input: KernelInput | ExplainedKernel): string {
    let text = "";
    for (let depth = DEEPEST; depth > 1; depth--) {
      text = ("from" in input ? this.#input(input, depth) : this.#kernel(input, depth)).text;
      if (text.length <= LONGEST) break;
    }
    return text;
  }

  #input(input: KernelInput, depth: number): Term {
    if (input.from === "logits") return { text: "x", binds: 5 };
    if (input.from === "labels") return { text: "z", binds: 5 };
    const kernel = this.#kernels.get(input.from);
    if (kernel) return this.#kernel(kernel, depth);
    const text = input.computed ? formatFloat32(fromJsonNumber(input.computed.value)) : "c";
    return { text, binds: text.startsWith("-") ? 1 : 5 };
  }

  #kernel(kernel: ExplainedKernel, depth: number): Term {
    if (depth === 0) return { text: "…", binds: 5 };
    const inputs = kernel.inputs;
    if (SILENT.has(kernel.kernel)) return this.#input(inputs[0], depth);
    const terms = inputs.map((input) => this.#input(input, depth - 1));
    const bracketed = (i: number, binds: number) =>
      terms[i].binds < binds ? `(${terms[i].text})` : terms[i].text;
    if (kernel.kernel === "Multiply") {
      for (const [one, other] of [
        [0, 1],
        [1, 0],
      ]) {
        if (terms[one].text === "1") return terms[other];
        if (terms[one].text === "-1") return { text: `-${bracketed(other, 2)}`, binds: 2 };
      }
    }
    if (kernel.kernel === "AddN") return { text: terms.map((term) => term.text).join(" + "), binds: 1 };
    const operator = infix[kernel.kernel];
    if (operator) {
      const left = bracketed(0, operator.binds);
      return { text: left + operator.sign + bracketed(1, operator.binds + 1), binds: operator.binds };
    }
    switch (kernel.kernel) {
      case "Neg":
        return { text: `-${bracketed(0, 2)}`, binds: 2 };
      case "Abs":
        return { text: `|${terms[0].text}|`, binds: 5 };
      case "Square":
        return { text: `${bracketed(0, 5)}^2`, binds: 4 };
      default: {
        const name = names[kernel.kernel] ?? kernel.kernel[0].toLowerCase() + kernel.kernel.slice(1);
        return { text: `${name}(${terms.map((term) => term.text).join(", ")})`, binds: 5 };
      }
    }
  }
}
