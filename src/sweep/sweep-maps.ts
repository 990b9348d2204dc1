import type { Subject } from "../audit/subject.js";
import { whyAndWhere } from "../audit/why-and-where.js";
import { toFloat } from "../inputs/float32.js";
import { unravel } from "../inputs/row-major.js";
import type { Finding, Label, Quantity } from "../judge/finding.js";
import { attribute } from "./attribute.js";
import type { SweepContext } from "./context.js";
import type { FailingPixels, WorstPixel } from "./failing-pixels.js";
import { heldAgainst, numbersOf } from "./judge-number.js";
import type { MapCase } from "./map-cases.js";
import { judgeAsPoints } from "./map-points.js";
import { judgeWhole } from "./map-whole.js";
import { messageOf } from "./message.js";
import { ownRuns } from "./own-runs.js";
import { reasonOf } from "./reason.js";
import { replayOfPixel } from "./replay.js";

/** The failing pixels of one code in maps of one label. */
interface Group {
  subject: Subject;
  quantity: Quantity;
  code: number;
  label: Label;
  low: number;
  high: number;
  points: number;
  badness: number;
  worst: { map: MapCase } & WorstPixel;
}

/** Judges values and every pixel's gradient of whole maps, and names the worst pixels. */
export async function sweepMaps(
  context: SweepContext,
  maps: readonly MapCase[],
): Promise<Omit<Finding, "id">[]> {
  const groups = new Map<string, Group>();
  for (const map of maps) {
    if (!(await context.goesOn())) break;
    const judge = context.loss.point === "map" ? judgeWhole : judgeAsPoints;
    await judge(context, map, (failing) => {
      add(groups, map, failing);
      context.pictures?.maps.note(failing);
    });
    context.pictures?.maps.next();
  }
  const findings: Omit<Finding, "id">[] = [];
  for (const group of groups.values()) findings.push(await describe(context, group));
  return findings;
}

function add(groups: Map<string, Group>, map: MapCase, failing: FailingPixels): void {
  const { subject, quantity, code, badness } = failing;
  const key = [subject.name, quantity, code, map.label].join();
  const known = groups.get(key);
  const group: Group = known ?? {
    subject,
    quantity,
    code,
    label: map.label,
    low: Infinity,
    high: -Infinity,
    points: 0,
    badness,
    worst: { map, ...failing.detail() },
  };
  for (let pixel = failing.from; pixel < failing.to; pixel++) {
    group.low = Math.min(group.low, map.logits[pixel]);
    group.high = Math.max(group.high, map.logits[pixel]);
  }
  group.points += failing.points;
  if (badness > group.badness) {
    group.badness = badness;
    group.worst = { map, ...failing.detail() };
  }
  groups.set(key, group);
}

async function describe(context: SweepContext, group: Group): Promise<Omit<Finding, "id">> {
  const { loss, target, options, precisions, tally } = context;
  const { subject, quantity, code, worst } = group;
  const { map, pixel, computed, component, sample } = worst;
  const own = ownRuns(subject.exact, precisions, worst.point, sample);
  const found = attribute(code, quantity, component, worst.exact, own, options);
  if (found.kind === "unresolved") tally.unresolved += group.points;
  const exact = heldAgainst(computed, worst.exact, quantity, component);
  const why = await reasonOf(context, subject, worst.references, worst.point, worst.at, {
    ...found,
    quantity,
  });
  const index = unravel(pixel, map.shape, false);
  return {
    loss: loss.name,
    implementation: subject.name,
    target: target.description.name,
    arithmetic: "float32",
    quantity,
    kind: found.kind,
    severity: found.severity,
    region: {
      from: toFloat(group.low),
      to: toFloat(group.high),
      label: group.label,
      points: group.points,
      share: 1,
    },
    worst: {
      input: toFloat(map.logits[pixel]),
      label: map.labels[pixel],
      ...numbersOf(found.kind, computed, exact),
      index,
    },
    message: messageOf({
      kind: found.kind,
      quantity,
      sample,
      computed,
      exact,
      own: found.own,
      region: { share: 1 },
      thrown: worst.thrown,
      reason: why.reason,
    }),
    ...whyAndWhere(subject, why, options.folder),
    replay: replayOfPixel(loss, subject.name, target.description.name, options, map.flags, index),
  };
}
