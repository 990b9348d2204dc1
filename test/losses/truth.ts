import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** One exact answer of fixtures/truth/losses (its README describes the files). */
export interface TruthPoint {
  /** [1] for an element, [1, classes] for a row, [batch, height, width, class] for a map. */
  shape: number[];
  /** float32 values in row-major order. */
  logits: number[];
  labels: number[];
  /** Decimal, with 30 digits, and with an exponent that may be far below float64's. */
  value: string;
  /** d(value)/d(logit), one for each logit. */
  gradient: string[];
}

const folder = new URL("../../fixtures/truth/losses/", import.meta.url);

function float32s(field: string): number[] {
  const view = new DataView(new ArrayBuffer(4));
  return field.split(" ").map((hex) => {
    view.setUint32(0, Number.parseInt(hex, 16));
    return view.getFloat32(0);
  });
}

/** The exact answers of a loss of the catalogue, in the order of its file. */
export function* readTruth(loss: string): Generator<TruthPoint> {
  const text = gunzipSync(readFileSync(new URL(`${loss}.csv.gz`, folder))).toString("utf8");
  const [header, ...lines] = text.trimEnd().split("\n");
  if (header !== "shape,logits,labels,value,gradient") {
    throw new Error(`${loss}.csv.gz has the columns ${header}: run scripts/truth/losses.py again.`);
  }
  for (const line of lines) {
    const [shape, logits, labels, value, gradient] = line.split(",");
    yield {
      shape: shape.split("x").map(Number),
      logits: float32s(logits),
      labels: float32s(labels),
      value,
      gradient: gradient.split(" "),
    };
  }
}
