import { sizeOf } from "../../kernels/shape.js";
import type { Program } from "../../program/program.js";
import type { TargetDescription } from "../../report/report.js";
import type { Computed, Points, Replay, Runnable, RunningLoss, Target } from "../target.js";
import { pack, unpack } from "./pack.js";
import type { PageSession } from "./session.js";

/** Logits of one call: what the page's answer holds then is some megabytes of text. */
const PIECE = 2 ** 18;

/** A backend of tfjs in a page of a browser. */
export class PageTarget implements Target {
  readonly description: TargetDescription;
  readonly close: () => Promise<void>;
  readonly #session: PageSession;

  constructor(description: TargetDescription, session: PageSession, close: () => Promise<void>) {
    this.description = description;
    this.#session = session;
    this.close = close;
  }

  /** The function of that name, which the page has brought along. */
  running({ name }: Runnable): RunningLoss {
    return {
      batch: async (shape, logits, labels) => {
        const { value, gradient } = await this.#session.call("batch", {
          ...{ name, shape },
          ...{ logits: pack(logits), labels: pack(labels) },
        });
        return {
          value: unpack<Float32Array>(value),
          gradient: typeof gradient === "string" ? gradient : unpack<Float32Array>(gradient),
        };
      },
      points: (points, out) => this.#points(name, points, out),
    };
  }

  async #points(name: string, points: Points, out: Computed): Promise<string | undefined> {
    const { shape, batched, n, logits, labels } = points;
    const size = sizeOf(shape);
    const most = Math.max(1, Math.floor(PIECE / size));
    let thrown: string | undefined;
    for (let from = 0; from < n; from += most) {
      const to = Math.min(from + most, n);
      const reply = await this.#session.call("points", {
        ...{ name, shape, batched, n: to - from },
        logits: pack(logits.subarray(from * size, to * size)),
        labels: pack(labels.subarray(from * size, to * size)),
      });
      out.value.set(unpack(reply.value), from);
      out.gradient.set(unpack(reply.gradient), from * size);
      out.threw.set(unpack(reply.threw), from);
      thrown = reply.thrown ?? thrown;
    }
    return thrown;
  }

  async replay(program: Program, logits: Float32Array, labels: Float32Array): Promise<Replay> {
    const { outputs, stopped } = await this.#session.call("replay", {
      program: {
        ...{ logits: program.logits, labels: program.labels, value: program.value },
        values: program.values.map(({ shape, dtype, constant }) => ({
          ...{ shape, dtype },
          constant: constant && pack(constant),
        })),
        nodes: program.nodes.map(({ kernel, inputs, attrs, outputs }) => ({
          kernel,
          inputs,
          attrs,
          outputs,
        })),
      },
      logits: pack(logits),
      labels: pack(labels),
    });
    const values: Replay["values"] = program.values.map(({ constant }) => constant);
    values[program.logits] = logits;
    values[program.labels] = labels;
    for (const { id, data } of outputs) values[id] = unpack(data);
    return { values, stopped };
  }
}
