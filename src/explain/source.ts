import type { Float32 } from "../config/config.js";
import { asTyped } from "../config/losses.js";
import { asFloat32 } from "../config/rules.js";
import { InputError } from "../inputs/input-error.js";
import { sweepDefaults } from "../sweep/defaults.js";
import type { ExplainConfig } from "./config.js";
import type { PointSource } from "./options.js";

type Given = Omit<ExplainConfig, "loss" | "with">;

/** Which keys go with which source of points. */
const partners = {
  at: ["label", "classes", "beside"],
  logits: ["label", "label-map", "index"],
  heatmap: ["index", "size", "classes", "objects", "seed"],
} as const;

type Source = keyof typeof partners;

const SOURCES = Object.keys(partners) as Source[];

/** Where the points come from that are explained. Throws an InputError for what is no source, or two of them. */
export function sourceOf(given: Given, folder: string): PointSource {
  const sources = SOURCES.filter((name) => given[name] !== undefined);
  if (sources.length === 0) {
    throw new InputError(
      "No point was given. Give logits with at, such as 17.4, and their label; a .npy file with logits; " +
        "or the number of a heat map of a sweep with heatmap.",
    );
  }
  if (sources.length > 1) {
    throw new InputError(`${sources.join(" and ")} are two ways to give the points: give one of them.`);
  }
  const [source] = sources;
  refuseStrays(given, source);
  if (source === "at") return typed(given);
  return source === "logits" ? fromFile(given, folder) : drawn(given);
}

function refuseStrays(given: Given, source: Source): void {
  const all = [...new Set(Object.values(partners).flat())];
  const stray = all.find(
    (name) => given[name] !== undefined && !(partners[source] as readonly string[]).includes(name),
  );
  if (stray === undefined) return;
  const fitting = SOURCES.filter((name) => (partners[name] as readonly string[]).includes(stray));
  throw new InputError(
    `${stray} does not go with ${source}, only with ${fitting.join(" and ")}: leave one of them out.`,
  );
}

function typed({ at = [], label, classes, beside }: Given): PointSource {
  if (classes !== undefined && classes < 2) {
    throw new InputError(`classes is ${classes}, but a row has at least 2 logits.`);
  }
  return {
    kind: "at",
    logits: float32s(at),
    labels: float32s(label ?? 0),
    ...(classes !== undefined && { classes }),
    ...(beside && { beside: { logit: asFloat32(beside[0]), label: asFloat32(beside[1]) } }),
  };
}

function fromFile({ logits = "", label, index, ...given }: Given, folder: string): PointSource {
  const labelMap = given["label-map"];
  if (label !== undefined && labelMap !== undefined) {
    throw new InputError("label and label-map both give the labels of logits: give one of them.");
  }
  return {
    kind: "file",
    logits: asTyped(logits, folder),
    ...(labelMap !== undefined && { labelMap: asTyped(labelMap, folder) }),
    labels: float32s(label ?? 0),
    ...(index && { index }),
  };
}

function drawn({ heatmap = 0, size, index, ...given }: Given): PointSource {
  const { heatmaps, seed: usualSeed } = sweepDefaults;
  const [height, width] = size ?? [heatmaps.height, heatmaps.width];
  const { classes = heatmaps.classes, objects = heatmaps.objects, seed = usualSeed } = given;
  return {
    kind: "heatmap",
    heatmap,
    options: { height, width, classes, objects, seed },
    ...(index && { index }),
  };
}

/** Each number once: a Set makes -0 into 0. */
function float32s(values: Float32 | Float32[]): number[] {
  const numbers = [values].flat().map(asFloat32);
  return numbers.filter((x, i) => numbers.findIndex((other) => Object.is(other, x)) === i);
}
