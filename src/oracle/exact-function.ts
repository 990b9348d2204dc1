import { DualArithmetic } from "../arithmetic/dual.js";
import { type Enclosure, relativeWidth } from "../arithmetic/enclosure.js";
import type { IntervalArithmetic } from "../arithmetic/interval.js";
import { type CompiledBalls, compile } from "../evaluate/compile.js";
import { interpret, meaningOf, neededNodes } from "../evaluate/interpret.js";
import { LARGEST } from "../inputs/ordinal.js";
import type { LossFunction } from "../losses/loss.js";
import type { Program, SourceLine } from "../program/program.js";
import { record } from "../program/record.js";
import type { Tfjs } from "../targets/tfjs.js";

/** Value and gradient of one point, enclosed. */
export interface ExactPoint {
  value: Enclosure;
  /** One for each logit of the point. */
  gradient: Enclosure[];
  /** The one-sided derivatives differ: `gradient` encloses both. */
  kink: boolean;
}

/** Programs of a function that reads its labels, of which there is one for each, are kept up to so many. */
const PROGRAMS = 16;

/** A tfjs function that runs on exact arithmetic: recorded once, then evaluated as a program. */
export class ExactFunction {
  readonly #tf: Tfjs;
  readonly #f: LossFunction;
  readonly #shape: readonly number[];
  readonly #lineOf: (stack: string) => SourceLine | undefined;
  readonly #onRecord: () => void;
  /** By labels where the function reads them; one for all otherwise. */
  readonly #programs = new Map<string, Program>();
  readonly #inShapes = new Map<string, ExactFunction>();
  readonly #compiled = new WeakMap<Program, Map<string, CompiledBalls>>();

  /** `shape` is that of one point. `onRecord` is called each time before the function itself runs. */
  constructor(
    tf: Tfjs,
    f: LossFunction,
    shape: readonly number[],
    lineOf: (stack: string) => SourceLine | undefined,
    onRecord: () => void = () => {},
  ) {
    this.#tf = tf;
    this.#f = f;
    this.#shape = shape;
    this.#lineOf = lineOf;
    this.#onRecord = onRecord;
  }

  /** The same function for points of another shape. */
  inShape(shape: readonly number[]): ExactFunction {
    const key = shape.join();
    if (key === this.#shape.join()) return this;
    const known =
      this.#inShapes.get(key) ?? new ExactFunction(this.#tf, this.#f, shape, this.#lineOf, this.#onRecord);
    this.#inShapes.set(key, known);
    return known;
  }

  /** The program for a point. Throws what the function throws. */
  program(logits: Float32Array, labels: Float32Array): Program {
    const shared = this.#programs.get("") ?? this.#programs.get(labels.join());
    if (shared) return shared;
    this.#onRecord();
    const program = record(this.#tf, this.#f, { shape: this.#shape, logits, labels }, this.#lineOf);
    if (!program.readsValues) {
      if (this.#programs.size >= PROGRAMS) this.#programs.clear();
      this.#programs.set(program.readsLabels ? labels.join() : "", program);
    }
    return program;
  }

  /** Throws an UnknownKernelError when a kernel of the value or of the gradient has no meaning here. */
  checkKernels(logits: Float32Array, labels: Float32Array): void {
    const program = this.program(logits, labels);
    const { value, gradient } = program;
    for (const node of neededNodes(program, gradient === undefined ? [value] : [value, gradient]))
      meaningOf(node);
  }

  /**
   * The program in balls of float64, for all points with these labels, or with
   * any labels; undefined where no one program holds for all of them: when the
   * function reads values of its logits, or of labels that differ.
   */
  balls(labels: Float32Array, derivative: "true" | "autodiff", anyLabels = false): CompiledBalls | undefined {
    const program = this.program(new Float32Array(labels.length).fill(0.5), labels);
    if (program.readsValues || (anyLabels && program.readsLabels)) return undefined;
    const compiled = this.#compiled.get(program) ?? new Map<string, CompiledBalls>();
    this.#compiled.set(program, compiled);
    const balls = compiled.get(derivative) ?? compile(program, derivative);
    compiled.set(derivative, balls);
    return balls;
  }

  /**
   * Value and true derivative in MPFR intervals. Logits may be ±Infinity: then the limit is enclosed.
   * `components` are the logits whose derivative is wanted, in the order in which it is given; all by default.
   */
  exact(
    arithmetic: IntervalArithmetic,
    logits: Float32Array,
    labels: Float32Array,
    components: readonly number[] = Array.from(logits.keys()),
  ): ExactPoint {
    const program = this.program(logits, labels);
    const derivative = (direction: 1 | -1 | 0) =>
      this.#dual(program, arithmetic, direction, logits, labels, components);
    const ties = derivative(0);
    // At a tie a dual number encloses both branches; the value itself is that of one.
    if (isWide(ties.value)) ties.value = this.#value(program, arithmetic, logits, labels);
    const right = ties.gradient.some(isWide) ? derivative(1) : ties;
    if (right === ties || right.gradient.some(isWide)) return { ...ties, kink: false };
    const left = derivative(-1);
    if (left.gradient.some(isWide)) return { ...ties, kink: false };
    return {
      value: ties.value,
      gradient: right.gradient.map((r, i) => hull(r, left.gradient[i])),
      kink: right.gradient.some((r, i) => r.hi < left.gradient[i].lo || left.gradient[i].hi < r.lo),
    };
  }

  #value(
    program: Program,
    arithmetic: IntervalArithmetic,
    logits: Float32Array,
    labels: Float32Array,
  ): Enclosure {
    const { x, z } = inputs(arithmetic, logits, labels);
    const value = arithmetic.enclosure(sum(arithmetic, interpret(program, arithmetic, x, z, "value").value));
    arithmetic.reset();
    return value;
  }

  #dual(
    program: Program,
    arithmetic: IntervalArithmetic,
    direction: 1 | -1 | 0,
    logits: Float32Array,
    labels: Float32Array,
    components: readonly number[],
  ): { value: Enclosure; gradient: Enclosure[] } {
    const dual = new DualArithmetic(arithmetic, direction);
    const gradient: Enclosure[] = [];
    let value: Enclosure | undefined;
    for (const i of components) {
      const { x, z } = inputs(arithmetic, logits, labels);
      const result = interpret(
        program,
        dual,
        x.map((v, j) => (i === j ? dual.variable(v) : dual.fixed(v))),
        z.map((v) => dual.fixed(v)),
        "value",
      );
      const total = sum(dual, result.value);
      value ??= arithmetic.enclosure(total.v);
      gradient.push(arithmetic.enclosure(total.d));
      arithmetic.reset();
    }
    return { value: value as Enclosure, gradient };
  }
}

/** A batch as intervals; ±Infinity is all logits beyond the largest float32. */
export function inputs(arithmetic: IntervalArithmetic, logits: Float32Array, labels: Float32Array) {
  const logit = (x: number) => {
    if (x === Infinity) return arithmetic.interval(LARGEST, Infinity);
    return x === -Infinity ? arithmetic.interval(-Infinity, -LARGEST) : arithmetic.constant(x);
  };
  return { x: Array.from(logits, logit), z: Array.from(labels, (z) => arithmetic.constant(z)) };
}

function sum<T>(arithmetic: { add(a: T, b: T): T }, terms: T[]): T {
  return terms.reduce((a, b) => arithmetic.add(a, b));
}

/** Wider than any finding could need: half of the digits of a float64 are open. */
function isWide(enclosure: Enclosure): boolean {
  return enclosure.defined !== "no" && !(relativeWidth(enclosure) <= 2 ** -26);
}

function hull(a: Enclosure, b: Enclosure): Enclosure {
  const defined = a.defined === b.defined ? a.defined : "unknown";
  return { lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi), defined };
}
