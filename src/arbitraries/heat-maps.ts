import { type Arbitrary, integer } from "fast-check";
import { InputError } from "../inputs/input-error.js";
import { isLogitOf, type LogitSource, logitSources } from "../inputs/logit-distributions.js";
import { Random as SeededRandom } from "../inputs/random.js";
import { checkSources, fewestAndMost, type Range } from "./check.js";
import { drawMaps, type HeatMaps, type Layout } from "./draw-maps.js";
import { drawn } from "./drawn.js";
import { heatMapMoves, isProbability } from "./heat-map-moves.js";
import { pick } from "./pick.js";

export interface HeatMapsOptions {
  /** Rows of a map: a number, or the fewest and the most; [1, 6] when left out. */
  height?: Range;
  /** Columns of a map; [1, 6] when left out. */
  width?: Range;
  /** Classes, each with a map of its own; [1, 3] when left out. */
  classes?: Range;
  /** Samples in a batch; [1, 2] when left out. */
  batch?: Range;
  /** Objects in a sample; [0, 3] when left out. Where none is allowed, one sample of four has none. */
  objects?: Range;
  /** "channels-last" when left out. */
  layout?: Layout;
  /** Where the logits of a batch come from; all sources when left out. */
  from?: readonly LogitSource[];
}

/** Where batch, height, width and class are in a shape. */
const LAYOUTS: Readonly<Record<Layout, readonly number[]>> = {
  "channels-last": [0, 1, 2, 3],
  "channels-first": [0, 2, 3, 1],
};

/**
 * A batch of heat maps as CenterNet trains on them, of any small shape. Each
 * object is a gaussian splat in the map of its class: exp(-d²/(2σ²)) at a distance
 * of d pixels, for a radius of 0, 1 or 2 pixels and σ = (2·radius + 1)/6. A label
 * is the largest of the splats there, and else 0; two objects may have one centre.
 * Logits come from one of the sources that `logit` lists; a network detects most
 * objects, and one that is not there.
 *
 * It shrinks to fewest pixels first (samples, classes, rows, columns, within the
 * sizes asked for), then to fewest logits and labels that are not 0, then to
 * round decimals. Labels stay in [0, 1], logits among what the sources can give;
 * and where at least one object is asked for, every sample keeps a label 1.
 *
 * Source: CenterNet (arXiv 1904.07850). Throws an InputError for sizes that are
 * no integers from 1 on and objects none from 0 on, for ranges that are reversed,
 * and for a layout or source that does not exist.
 */
export function heatMaps(options: HeatMapsOptions = {}): Arbitrary<HeatMaps> {
  const { layout = "channels-last", from = logitSources } = options;
  const axes = LAYOUTS[layout];
  if (axes === undefined) {
    throw new InputError(`There is no layout "${layout}": give ${Object.keys(LAYOUTS).join(" or ")}.`);
  }
  checkSources(from);
  const { batch = [1, 2], height = [1, 6], width = [1, 6], classes = [1, 3] } = options;
  const sizes = Object.entries({ batch, height, width, classes }).map(([name, range]) =>
    fewestAndMost(name, range, 1),
  );
  const objects = fewestAndMost("objects", options.objects ?? [0, 3], 0);
  const allowsLogit = (x: number) => from.some((source) => isLogitOf(x, source));
  const hasObjects = (maps: HeatMaps) =>
    objects[0] === 0 || samples(maps).every((labels) => labels.includes(1));

  return drawn({
    draw: (random, biasFactor) => {
      const shape = sizes.map(([min, max]) => integer({ min, max }).generate(random, biasFactor).value);
      const seeded = new SeededRandom(random.nextInt());
      return drawMaps(seeded, shape, layout, objects, pick(seeded, from));
    },
    isDrawable: (value): value is HeatMaps =>
      isHeatMaps(value) &&
      axes.every((axis, i) => sizes[i][0] <= value.shape[axis] && value.shape[axis] <= sizes[i][1]) &&
      value.logits.every(allowsLogit) &&
      value.labels.every(isProbability) &&
      hasObjects(value),
    moves: ({ logits }) => {
      const shortened = SHORTENED.map((i) => ({ axis: axes[i], fewest: sizes[i][0] }));
      return heatMapMoves(logits.length, shortened, allowsLogit, hasObjects);
    },
  });
}

/** Samples get fewer first, then classes, rows and columns. */
const SHORTENED = [0, 3, 1, 2];

function samples({ shape: [batch], labels }: HeatMaps): Float32Array[] {
  const size = labels.length / batch;
  return Array.from({ length: batch }, (_, i) => labels.subarray(i * size, (i + 1) * size));
}

/** Whether something from outside has the form of heat maps. */
function isHeatMaps(value: unknown): value is HeatMaps {
  const { shape, logits, labels } = (value ?? {}) as Partial<HeatMaps>;
  if (!Array.isArray(shape) || shape.length !== 4) return false;
  const size = shape.reduce((product, n) => product * n, 1);
  return [logits, labels].every((data) => data instanceof Float32Array && data.length === size);
}
