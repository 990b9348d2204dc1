import { InputError } from "./input-error.js";

/** [batch, height, width, class] */
export type MapShape = [batch: number, height: number, width: number, classes: number];

/** An array as a batch of heat maps: [h, w] is one map of one class, [h, w, c] is one map. */
export function asMap(shape: readonly number[]): MapShape {
  switch (shape.length) {
    case 2:
      return [1, shape[0], shape[1], 1];
    case 3:
      return [1, shape[0], shape[1], shape[2]];
    case 4:
      return [shape[0], shape[1], shape[2], shape[3]];
    default:
      throw new InputError(
        `Logits of shape ${describe(shape)} are no heat map: give [height, width], [height, width, class] ` +
          "or [batch, height, width, class]; reshape the array before np.save.",
      );
  }
}

/** Throws unless the labels have the shape of the logits. */
export function matchLabels(logitsShape: readonly number[], labelsShape: readonly number[]): void {
  const same = logitsShape.length === labelsShape.length && logitsShape.every((n, i) => n === labelsShape[i]);
  if (!same) {
    throw new InputError(
      `The labels have the shape ${describe(labelsShape)}, the logits ${describe(logitsShape)}: ` +
        "give a label map with one label for each logit, in the same layout.",
    );
  }
}

const describe = (shape: readonly number[]) => `[${shape.join(", ")}]`;
