import { interpret } from "../evaluate/interpret.js";
import { sizeOf } from "../kernels/shape.js";
import type { Program } from "../program/program.js";
import { type Expression, SensorSource } from "./sensor-source.js";

/** Lines of code. More, for maps of more than some 20 pixels, take longer to compile than they save. */
const LONGEST = 3_000;

type Loop = (
  n: number,
  logits: Float32Array,
  labels: Float32Array,
  best: Float64Array,
  bestAt: Int32Array,
) => void;

/** What a sensor read, and at which of some inputs. */
export interface Reading {
  sensor: number;
  at: number;
  reading: number;
}

/**
 * The sensors of one implementation for inputs of one shape: how near each
 * operation of its value and gradient has come to its hazard, over all inputs so far.
 */
export class Sensors {
  readonly #loop: Loop;
  readonly #best: Float64Array;
  readonly #bestAt: Int32Array;

  private constructor(loop: Loop, sensors: number) {
    this.#loop = loop;
    this.#best = new Float64Array(sensors).fill(-Infinity);
    this.#bestAt = new Int32Array(sensors);
  }

  /** Undefined for a program that is too long, or that holds for one input alone. */
  static of(program: Program): Sensors | undefined {
    if (program.readsValues || program.readsLabels) return undefined;
    const source = new SensorSource();
    const names = (letter: string, id: number): Expression[] =>
      Array.from({ length: sizeOf(program.values[id].shape) }, (_, i) => ({ text: `${letter}${i}` }));
    const x = names("x", program.logits);
    const z = names("z", program.labels);
    interpret(program, source, x, z, "all");
    if (source.lines.length > LONGEST) return undefined;
    const load = (array: string, all: Expression[]) =>
      all.map(({ text }, k) => `const ${text} = ${array}[i * ${all.length} + ${k}];`);
    const body = [
      "let h = 0;",
      "for (let i = 0; i < n; i++) {",
      ...load("logits", x),
      ...load("labels", z),
      ...source.lines,
      "}",
    ];
    const loop = new Function("n", "logits", "labels", "best", "bestAt", body.join("\n")) as Loop;
    return new Sensors(loop, source.sensors);
  }

  /**
   * Runs n inputs of the shape, one after the other in both arrays. For each sensor that read more than ever before
   * it gives the largest reading, and at which input that was.
   */
  read(logits: Float32Array, labels: Float32Array, n: number): Reading[] {
    this.#bestAt.fill(-1);
    this.#loop(n, logits, labels, this.#best, this.#bestAt);
    const readings = Array.from(this.#bestAt, (at, sensor) => ({ sensor, at, reading: this.#best[sensor] }));
    return readings.filter(({ at }) => at >= 0);
  }
}
