import type { Layout } from "../dist/src/audit/layout.js";
import { layouts } from "../dist/src/audit/layout.js";
import type { BallBuffers } from "../dist/src/evaluate/compile.js";
import type { Benchmark, Row } from "./benchmark.js";
import { names, newPrecisions, prepared, uniformLogits } from "./losses.js";
import { fastest } from "./time.js";

const BALL_POINTS = 16_384;
const MPFR_POINTS = 256;
const BITS = 128;

/** What value and true gradient of a point cost in either tier of the oracle, by the first reference of each loss. */
export const oracleCost: Benchmark = {
  name: "oracle",
  title: `The oracle: value and gradient of a point at label 1, in balls of float64 and in MPFR at ${BITS} bits`,
  async run() {
    const rows: Row[] = [];
    for (const name of names) {
      const loss = await prepared(name);
      const [reference] = loss.references;
      const [layout] = layouts(loss.point, reference.shape);
      const balls = reference.exact.balls(layout.labels(1, 1), "true");
      if (!balls) throw new Error(`${name} has no program that holds for all logits.`);
      const logits = layout.logits(uniformLogits(BALL_POINTS));
      const out = buffers(BALL_POINTS, layout);
      const ball = await fastest(20, () => balls.run(logits, layout.labels(1, 1), BALL_POINTS, out, 0));
      const few = uniformLogits(MPFR_POINTS);
      const arithmetic = newPrecisions().at(BITS);
      const mpfr = await fastest(3, () => {
        for (const x of few)
          reference.exact.exact(arithmetic, layout.logits(Float32Array.of(x)), layout.labels(1, 1));
      });
      const [inBalls, inMpfr] = [ball / BALL_POINTS, mpfr / MPFR_POINTS];
      rows.push({
        what: `${name}#${reference.name}, ${layout.size} logit${layout.size > 1 ? "s" : ""}`,
        result: `${(inBalls * 1e6).toFixed(0)} ns, ${(inMpfr * 1e3).toFixed(0)} us`,
        ratio: `1 : ${(inMpfr / inBalls).toFixed(0)}`,
      });
    }
    return rows;
  },
};

function buffers(n: number, { size }: Layout): BallBuffers {
  return {
    valueMid: new Float64Array(n),
    valueRad: new Float64Array(n),
    gradientMid: new Float64Array(n * size),
    gradientRad: new Float64Array(n * size),
  };
}
