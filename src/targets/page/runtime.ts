import * as tf from "@tensorflow/tfjs";
import { onLogits } from "../../audit/on-logits.js";
import type { LossFunction, PointShape } from "../../losses/loss.js";
import { messageOf } from "../../message-of.js";
import type { Program } from "../../program/program.js";
import { useBackend } from "../backend.js";
import { readLater, replayProgram, valueAndGradient } from "../batch.js";
import { evaluatePoints } from "../points.js";
import type { Computed, RunningLoss } from "../target.js";
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
import { type Device, startDevice } from "./runtime-device.js";
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
  #device: Device | undefined;
  #lost: string | undefined;
  #lose: (reason: string) => void = () => {};
  /** Comes when what the functions run on is gone. */
  readonly #losing = new Promise<void>((resolve) => {
    this.#lose = (reason) => {
      this.#lost ??= reason;
      resolve();
    };
  });

  constructor(setup: PageSetup, load: () => Promise<PageLoss>) {
    this.#setup = setup;
    this.#load = load;
  }

  async start(): Promise<Started> {
    const device = await startDevice(this.#setup.backend);
    if (typeof device === "string") return { missing: device };
    this.#device = device;
    device.lost.then(this.#lose);
    stayHere(() =>
      this.#lose(`It leads the page in which it runs to another address, or loads it again. ${RULE}`),
    );
    try {
      // After the backend, for tensors that the module makes are to lie on that.
      this.#loss = await this.#load();
    } catch (error) {
      return { importThrew: messageOf(error) };
    }
    const { name, isFallback, float32Textures, threads } = device;
    return {
      tfjs: tf.version.tfjs,
      browser: browserName(),
      device: name,
      isFallback,
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
      useBackend(tf, this.#setup.backend);
      const watched = this.#watch();
      const replay = await replayProgram(tf, given, unpack(logits), unpack(labels), readLater).finally(
        watched,
      );
      const outputs: ReplayReply["outputs"] = [];
      for (const id of given.nodes.flatMap((node) => node.outputs)) {
        const data = replay.values[id];
        if (data !== undefined) outputs.push({ id, data: pack(data as PageArray) });
      }
      return { outputs, stopped: replay.stopped };
    });

  #batchOf(name: string): RunningLoss["batch"] {
    const { backend, from } = this.#setup;
    const { functions, point } = this.#loss;
    return async (shape, logits, labels) => {
      const f = functions[name];
      if (typeof f !== "function") throw new Error(`In a page its file does not export "${name}"`);
      const loss = from === "probabilities" ? onLogits(tf, f as LossFunction, point) : (f as LossFunction);
      useBackend(tf, backend);
      const watched = this.#watch();
      // By the time that it first waits, all is on its way to the device.
      const [result] = await Promise.all([
        valueAndGradient(tf, loss, shape, logits, labels, readLater),
        watched(),
      ]);
      return result;
    };
  }

  #watch(): () => Promise<void> {
    return (this.#device as Device).watch();
  }

  /** A device that is lost lets calls throw, wait for ever or give zeros: that is not taken for a result. */
  async #answer<T>(work: () => Promise<T>): Promise<Reply<T>> {
    const reply = await Promise.race([
      this.#losing.then(() => undefined),
      work().then(
        (result) => ({ result }),
        (error: unknown) => ({ threw: messageOf(error) }),
      ),
    ]);
    await new Promise((resolve) => setTimeout(resolve, 0)); // it may be said a turn later
    return this.#lost === undefined && reply ? reply : { lost: this.#lost as string };
  }
}

/** Makes the page answer calls. */
export function serve(setup: PageSetup, load: () => Promise<PageLoss>): void {
  (globalThis as Record<string, unknown>)[RUNTIME] = new Runtime(setup, load);
}

/** Keeps the page from going elsewhere, which it would do when another implementation runs. */
function stayHere(onLeave: () => void): void {
  const { navigation } = globalThis as unknown as { navigation?: Navigation };
  navigation?.addEventListener("navigate", (event) => {
    event.preventDefault();
    onLeave();
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
