import { InputError } from "../inputs/input-error.js";
import type { SweepOptions } from "../sweep/options.js";
import type { LossOptions } from "./config.js";

const MAX_PIXELS = 2 ** 24;

/**
 * Refuses options of which one alone is right, and which make no sense together. They came from flags or from a
 * configuration, in which they have the same names. `place` says of which loss they are.
 */
export function checkSweep(
  options: LossOptions,
  { height, width, classes, objects }: SweepOptions["heatmaps"],
  place = "",
): void {
  const refuse = (message: string) => {
    throw new InputError(`${place}${message}`);
  };
  if (options["label-map"] !== undefined && options.logits === undefined) {
    refuse(
      "label-map gives the labels of real logits, but there are no logits. Give logits, a .npy file, too, " +
        "or the labels of a range with labels.",
    );
  }
  if (options.heatmaps !== undefined && options.logits !== undefined) {
    refuse("heatmaps draws maps and logits reads them from a file: give one of the two.");
  }
  const pixels = height * width * classes;
  if (pixels > MAX_PIXELS) {
    refuse(
      `size ${height}x${width} with classes ${classes} makes ${pixels.toLocaleString("en-US")} pixels a map; at most ` +
        `${MAX_PIXELS.toLocaleString("en-US")} are allowed. Make the size or the classes smaller.`,
    );
  }
  if (objects[1] > height * width) {
    refuse(
      `objects ${objects.join(",")} is more than a map of size ${height}x${width} has room for: at most ${height * width}.`,
    );
  }
}

/** The same of a search. */
export function checkSearch({ fuzz }: LossOptions, place = ""): void {
  if (typeof fuzz === "object" && fuzz.runs !== undefined && fuzz.time !== undefined) {
    throw new InputError(
      `${place}fuzz has runs and time, which both say how long to search: give one of them.`,
    );
  }
}
