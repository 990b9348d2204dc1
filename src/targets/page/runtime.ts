import * as tf from "@tensorflow/tfjs";
import { onLogits } from "../../audit/on-logits.js";
import type { LossFunction, PointShape } from "../../losses/loss.js";
import { messageOf } from "../../message-of.js";
import type { Program } from "../../program/program.js";
import { evaluatePoints } from "../points.js";
import { Runner } from "../runner.js";
import type { Computed, RunningLoss } from "../target.js";
import { TargetLostError } from "../target-lost.js";
import { type UntilLost, untilLost } from "../until-lost.js";
import {
  type PageArray,
  type PageCalls,
  type PageSetup,
  type ReplayReply,
  type Reply,
  RULE,
  RUNTIME,
  type Started,
} from "./protocol.js";
import { startDevice } from "./runtime-device.js";
import { pack, unpack } from "./runtime-pack.js";

/** The functions that a page runs, by name. */
export interface PageLoss {
  point?: PointShape;
  functions: Record<string, unknown>;
}

/** Runs in a page: answers the calls of `PageSession` by its tfjs and the user's function. */
class Runtime implements PageCalls {
  readonly #setup: PageSetup;
  readonly #load: () => Promise<PageLoss>;
  #loss: PageLoss = { functions: {} };
  #runner!: Runner;
  #untilLost!: UntilLost;

  constructor(setup: PageSetup, load: () => Promise<PageLoss>) {
    this.#setup = setup;
    this.#load = load;
  }

  async start(): Promise<Started> {
    const device = await startDevice(this.#setup.backend);
    if (typeof device === "string") return { missing: device };
    this.#runner = new Runner(tf, this.#setup.backend, device);
    this.#untilLost = untilLost(Promise.race([device.lost, leaving()]));
    try {
      // After the backend, for tensors that the module makes are to lie on that.
      this.#loss = await this.#load();
    } catch (error) {
      return { importThrew: messageOf(error) };
    }
    const { name, software, float32Textures, threads } = device;
    return {
      tfjs: tf.version.tfjs,
      browser: browserName(),
      device: name,
      software,
      float32Textures,
      threads,
    };
  }

  batch: PageCalls["batch"] = ({ name, shape, logits, labels }) =>
    this.#answer(async () => {
      const { value, gradient } = await this.#batchOf(name)(shape, unpack(logits), unpack(labels));
      return {
        value: pack(value),
        gradient: typeof gradient === "string" ? gradient : pack(gradient),
      };
    });

  points: PageCalls["points"] = ({ name, shape, batched, n, logits, labels }) =>
    this.#answer(async () => {
      const points = {
        ...{ shape, batched, n },
        logits: unpack<Float32Array>(logits),
        labels: unpack<Float32Array>(labels),
      };
      const out: Computed = {
        value: new Float32Array(n),
        gradient: new Float32Array(points.logits.length),
        threw: new Uint8Array(n),
      };
      const thrown = await evaluatePoints(this.#batchOf(name), points, out);
      return { value: pack(out.value), gradient: pack(out.gradient), threw: pack(out.threw), thrown };
    });

  replay: PageCalls["replay"] = ({ program, logits, labels }) =>
    this.#answer(async () => {
      const values = program.values.map(({ constant, ...value }) => ({
        ...value,
        constant: constant && unpack(constant),
      }));
      const given = { ...program, values } as Program;
      const replay = await this.#runner.replay(given, unpack(logits), unpack(labels));
      const outputs: ReplayReply["outputs"] = [];
      for (const id of given.nodes.flatMap((node) => node.outputs)) {
        const data = replay.values[id];
        if (data !== undefined) outputs.push({ id, data: pack(data as PageArray) });
      }
      return { outputs, stopped: replay.stopped };
    });

  #batchOf(name: string): RunningLoss["batch"] {
    const { functions, point } = this.#loss;
    const f = (functions[name] ?? notExported(name)) as LossFunction;
    return this.#runner.batch(this.#setup.from === "logits" ? f : onLogits(tf, f, point));
  }

  async #answer<T>(work: () => Promise<T>): Promise<Reply<T>> {
    try {
      return { result: await this.#untilLost(work) };
    } catch (error) {
      const message = messageOf(error);
      return error instanceof TargetLostError ? { lost: message } : { threw: message };
    }
  }
}

function notExported(name: string): () => never {
  return () => {
    throw new Error(`In a page its file does not export "${name}"`);
  };
}

/** Makes the page answer calls. */
export function serve(setup: PageSetup, load: () => Promise<PageLoss>): void {
  (globalThis as Record<string, unknown>)[RUNTIME] = new Runtime(setup, load);
}

/** Keeps the page from going elsewhere, which it would do when another implementation runs. Comes when it would. */
function leaving(): Promise<string> {
  const { navigation } = globalThis as unknown as { navigation?: Navigation };
  return new Promise((resolve) => {
    navigation?.addEventListener("navigate", (event) => {
      event.preventDefault();
      resolve(`It leads the page in which it runs to another address, or loads it again. ${RULE}`);
    });
  });
}

interface Navigation {
  addEventListener(event: "navigate", listener: (event: { preventDefault(): void }) => void): void;
}

interface Navigator {
  userAgentData?: { brands: { brand: string }[] };
}

function browserName(): string {
  const { userAgentData } = (globalThis as unknown as { navigator: Navigator }).navigator;
  const brands = userAgentData?.brands.map(({ brand }) => brand) ?? [];
  return ["Google Chrome", "Microsoft Edge", "Chromium"].find((name) => brands.includes(name)) ?? "Chromium";
}
