import type { Arithmetic } from "../arithmetic/arithmetic.js";
import { common, constant } from "../arithmetic/ball.js";
import { arithmeticOf } from "../arithmetic/ball-value.js";
import type { Inputs, Kernel } from "../kernels/kernel.js";
import type { DType, Node } from "../program/program.js";
import { type BallColumn, elementOf, factsOf, midOf, uniformColumn } from "./ball-column.js";

export interface ColumnInput {
  name: string;
  shape: readonly number[];
  dtype: DType;
  column: BallColumn;
}

/** Kernels that were seen to compute something. */
const computing = new Set<string>();

class Computes extends Error {}

function computes(): never {
  throw new Computes();
}

/**
 * A kernel that only moves data, evaluated on the places of its elements: what
 * comes out tells where each element comes from. Undefined when the kernel
 * computes something.
 */
export function moveBalls(
  node: Node,
  kernel: Kernel,
  inputs: readonly ColumnInput[],
): BallColumn[] | undefined {
  if (computing.has(node.kernel)) return undefined;
  const places = new Places(inputs.map(({ column }) => column));
  const tensors: Inputs<number> = {};
  inputs.forEach(({ name, shape, dtype }, k) => {
    tensors[name] = { shape, dtype, data: places.ofColumn(k) };
  });
  try {
    return kernel.evaluate(places.arithmetic, tensors, node.attrs).map(({ data }) => {
      const whole = inputs.find(({ name }) => tensors[name].data === data);
      return whole ? whole.column : places.gather(data);
    });
  } catch (error) {
    if (!(error instanceof Computes)) throw error;
    computing.add(node.kernel);
    return undefined;
  }
}

/** Elements by place: a count through the columns one after the other, and -1 - k for constant number k. */
class Places {
  readonly arithmetic: Arithmetic<number>;
  private readonly starts: number[] = [];
  private readonly constants: number[] = [];

  constructor(private readonly columns: readonly BallColumn[]) {
    let start = 0;
    for (const { length } of columns) {
      this.starts.push(start);
      start += length;
    }
    this.arithmetic = arithmeticOf<number>(() => computes, {
      constant: (x) => this.constantPlace(x),
      known: (place) => {
        const { mid, rad } = this.at(place);
        return rad === 0 ? mid : undefined;
      },
    });
  }

  ofColumn(k: number): number[] {
    const places = new Array<number>(this.columns[k].length);
    for (let i = 0; i < places.length; i++) places[i] = this.starts[k] + i;
    return places;
  }

  private constantPlace(x: number): number {
    if (Number.isNaN(x)) computes();
    const k = this.constants.indexOf(x);
    return k >= 0 ? -1 - k : -this.constants.push(x);
  }

  private at(place: number): { mid: number; rad: number } {
    if (place < 0) return { mid: this.constants[-1 - place], rad: 0 };
    let k = this.starts.length - 1;
    while (this.starts[k] > place) k--;
    const i = place - this.starts[k];
    return { mid: midOf(this.columns[k], i), rad: this.columns[k].rad?.[i] ?? 0 };
  }

  gather(places: readonly number[]): BallColumn {
    const { length } = places;
    const [first] = places;
    if (first < 0 && places.every((place) => place === first)) {
      return uniformColumn(length, this.constants[-1 - first]);
    }
    const sources = [
      ...this.columns.map((column) => elementOf(column, "m", "r")),
      ...this.constants.map(constant),
    ];
    const facts = sources.map(factsOf).reduce((a, b) => common(a, b), factsOf(sources[0]));
    const mid = facts.single ? new Float32Array(length) : new Float64Array(length);
    const rad = this.columns.some((column) => column.rad) ? new Float64Array(length) : undefined;
    places.forEach((place, i) => {
      const element = this.at(place);
      mid[i] = element.mid;
      if (rad) rad[i] = element.rad;
    });
    return { length, mid, rad, facts: { ...facts, known: undefined } };
  }
}
