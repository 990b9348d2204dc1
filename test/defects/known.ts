import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import type { Kind, Quantity } from "../../src/judge/finding.js";
import type { LossFunction } from "../../src/losses/loss.js";

// Keeps tfjs from advertising tfjs-node on the console.
tf.enableProdMode();
await tf.setBackend("cpu");

export { tf };

/** One of fixtures/defects; README.md there says what the fields are. */
export interface Defect {
  name: string;
  title: string;
  source: string;
  kind: Kind[];
  quantity: Quantity;
  range?: [low: number, high: number];
  labels?: [low: number, high: number];
  shape: number[];
  witness: {
    shape: number[];
    logits: number[];
    labels: number[];
    value: string;
    gradient: (string | null)[];
  };
}

export const folder = new URL("../../fixtures/defects/", import.meta.url);

export const defects: Defect[] = JSON.parse(readFileSync(new URL("defects.json", folder), "utf8"));

/** What a file of fixtures/defects exports, in its order. */
export async function implementations({ name }: Defect): Promise<Record<"cured" | "defect", LossFunction>> {
  return await import(new URL(`${name}.ts`, folder).href);
}

/** The loss, summed, and its gradient, by tfjs's cpu backend. */
export function compute(f: LossFunction, shape: number[], logits: number[], labels: number[]) {
  return tf.tidy(() => {
    const z = tf.tensor(labels, shape);
    const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => f(x, z))(tf.tensor(logits, shape));
    const values: number[] = Array.from(value.dataSync());
    return { value: values.reduce((a, b) => a + b, 0), gradient: Array.from(grad.dataSync()) };
  });
}
