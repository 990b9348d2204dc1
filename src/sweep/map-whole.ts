import { inShape } from "../audit/prepare.js";
import type { Subject } from "../audit/subject.js";
import { type ComputedPoint, compute } from "../explain/computed-point.js";
import { THROWS } from "../judge/classify.js";
import { errorBits } from "../judge/error-bits.js";
import { exactNumber } from "../judge/number.js";
import { comparable } from "../oracle/exact-batch.js";
import type { SweepContext } from "./context.js";
import type { FailingPixels } from "./failing-pixels.js";
import type { MapCase } from "./map-cases.js";
import { MapJudge } from "./map-judge.js";

/** A loss that reduces over a map: one value for the whole or for each sample, and the gradient of every pixel. */
export async function judgeWhole(
  context: SweepContext,
  map: MapCase,
  failing: (run: FailingPixels) => void,
): Promise<void> {
  const { loss, target, options, precisions, tally } = context;
  const { logits, labels, shape } = map;
  const inMap = (subject: Subject) => inShape(subject, shape);
  const references = loss.references.map(inMap);
  const judges = new Map<number, MapJudge>();
  const judgeOf = (samples: number) => {
    const exact = references.map((reference) => reference.exact);
    const judge =
      judges.get(samples) ??
      new MapJudge({
        ...comparable(exact, samples, logits, labels),
        precisions,
        tolerance: options,
        map,
        samples,
      });
    judges.set(samples, judge);
    return judge;
  };
  for (const subject of context.subjects.map(inMap)) {
    context.onStep(subject.name, logits.length);
    tally.points(subject.name, logits.length);
    const computed = await compute(target, subject, map);
    const judge = judgeOf(computed.values?.length ?? 1);
    const worst = judge.judge(computed, ({ quantity, code, badness, pixel, sample, computed: number }) => {
      const threw = quantity === "gradient" && typeof computed.gradient === "string";
      failing({
        subject,
        quantity,
        code,
        badness,
        points: 1,
        // What throws fails for the whole map.
        from: code === THROWS ? 0 : pixel,
        to: code === THROWS ? logits.length : pixel + 1,
        detail: () => ({
          pixel,
          computed: number,
          exact: judge.exactPoint(sample),
          component: pixel,
          point: { logits, labels },
          at: pixel,
          sample,
          thrown: (threw ? (computed.gradient as string) : computed.error) ?? "",
          references,
        }),
      });
    });
    context.pictures?.maps.take(map, subject.name, errorsOf(judge, computed, logits.length));
    for (const quantity of ["value", "gradient"] as const) {
      const number = worst[quantity];
      if (number) tally.worst(subject.name, quantity, number);
    }
  }
  tally.oraclePoints += logits.length * context.subjects.length;
  for (const { escalated } of judges.values()) tally.escalated += escalated;
}

/** How far the gradient of each pixel is off, as `MapPictures` takes it. */
function errorsOf(judge: MapJudge, { gradient }: ComputedPoint, pixels: number): Float32Array {
  if (!(gradient instanceof Float32Array)) return new Float32Array(pixels).fill(-1);
  const exact = judge.exactPoint().gradient;
  return gradient.map((x, i) => errorBits(x, exact[i].defined === "yes" ? exactNumber(exact[i]) : NaN) ?? -1);
}
