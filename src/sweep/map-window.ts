import { unravel } from "../inputs/row-major.js";
import { jsonNumber } from "../judge/number.js";
import { sizeOf } from "../kernels/shape.js";
import type { MapError, MapPicture } from "../report/report.js";
import type { MapCase } from "./map-cases.js";

/** Of a map that is larger, a window of at most so many rows and columns is kept. */
const WINDOW = 128;

/** The channel of a map with a pixel in it, or the window around the pixel; `map` is which of the maps it is. */
export function pictureOf(
  { label, shape, logits, labels }: MapCase,
  map: number,
  name: Pick<MapError, "implementation" | "target">,
  errors: Float32Array,
  pixel: number,
): MapPicture {
  const image = asImage(shape);
  const [, rows, columns, classes] = image;
  const [batch, row, column, channel] = unravel(pixel, image, false);
  const [top, height] = window(row, rows);
  const [left, width] = window(column, columns);
  const shown = (numbers: Float32Array) =>
    Array.from({ length: height * width }, (_, i) => {
      const [y, x] = [top + Math.floor(i / width), left + (i % width)];
      return numbers[((batch * rows + y) * columns + x) * classes + channel];
    });
  return {
    label,
    map,
    shape: image,
    channel: [batch, channel],
    corner: [top, left],
    height,
    width,
    logits: shown(logits).map(jsonNumber),
    labels: shown(labels).map(jsonNumber),
    errors: [
      {
        ...name,
        errorBits: shown(errors).map((bits) => (bits === -1 ? null : jsonNumber(twoDecimals(bits)))),
        worst: [row, column],
      },
    ],
  };
}

/** A shape as [batch, height, width, class]: one axis is a line of pixels, two are an image. */
function asImage(shape: readonly number[]): MapPicture["shape"] {
  if (shape.length < 3) return [1, shape.length === 2 ? shape[0] : 1, shape[shape.length - 1], 1];
  const [height, width, classes] = shape.slice(-3);
  return [sizeOf(shape.slice(0, -3)), height, width, classes];
}

/** Where the window begins that has a place in its middle, as far as the axis allows, and how long it is. */
function window(place: number, length: number): [start: number, length: number] {
  const size = Math.min(length, WINDOW);
  return [Math.max(0, Math.min(place - Math.floor(size / 2), length - size)), size];
}

/** As the errors were before they were kept in float32. */
function twoDecimals(x: number): number {
  return Math.round(100 * x) / 100;
}
