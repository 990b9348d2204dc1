/**
 * How far CenterNet lets a predicted centre of a box of `height` by `width` be
 * from the true one: the radius of its splat before rounding down.
 *
 * Three ways to miss a box by r leave the overlap (intersection over union) t:
 * 1. shifted:  (h-r)(w-r) = t (2hw - (h-r)(w-r)):  r^2 - (h+w) r + hw (1-t)/(1+t) = 0
 * 2. inside:   (h-2r)(w-2r) = t hw:                4 r^2 - 2(h+w) r + (1-t) hw = 0
 * 3. outside:  hw = t (h+2r)(w+2r):                4t r^2 + 2t(h+w) r - (1-t) hw = 0
 *
 * The published code takes (b + sqrt(b^2 - 4ac))/2 of each with b = h+w,
 * 2(h+w), -2t(h+w), which is not divided by a and is the larger root of 1 and
 * 2, and then the smallest of the three. Networks are trained on that rule, so
 * it is the rule here. It is always the third: the first two are at least
 * (h+w)/2, and with 4hw <= (h+w)^2 the third is at most
 * (sqrt(t) - t)(h+w) <= (h+w)/4.
 *
 * Source: Law & Deng 2018 (CornerNet, arXiv 1808.01244, section 3.2) for the
 * idea; Zhou, Wang & Krähenbühl 2019 (CenterNet, arXiv 1904.07850),
 * src/lib/utils/image.py, for the rule.
 */
export function gaussianRadius(height: number, width: number, minOverlap = 0.7): number {
  const a = 4 * minOverlap;
  const b = -2 * minOverlap * (height + width);
  const c = (minOverlap - 1) * width * height;
  return (b + Math.sqrt(b * b - 4 * a * c)) / 2;
}

export interface Splat {
  /** The centre, a pixel of the map. */
  y: number;
  x: number;
  class: number;
  /** An integer; the splat is a square of 2 radius + 1 pixels. */
  radius: number;
  /** The value at the centre; 1 when left out. */
  amplitude?: number;
}

/**
 * Draws a gaussian exp(-(dy^2 + dx^2) / (2 sigma^2)) with sigma = (2 radius + 1)/6
 * into one class of a [height, width, class] map, keeping the larger of it and
 * what is there (CenterNet's `draw_umich_gaussian`). At the centre it is exactly
 * the amplitude; what lies outside the map is cut off.
 */
export function drawGaussian(
  map: Float32Array,
  [height, width, classes]: readonly [number, number, number],
  { y, x, class: k, radius, amplitude = 1 }: Splat,
): void {
  const sigma = (2 * radius + 1) / 6;
  for (let row = Math.max(y - radius, 0); row <= Math.min(y + radius, height - 1); row++) {
    for (let column = Math.max(x - radius, 0); column <= Math.min(x + radius, width - 1); column++) {
      const distance = (row - y) ** 2 + (column - x) ** 2;
      const i = (row * width + column) * classes + k;
      map[i] = Math.max(map[i], amplitude * Math.exp(-distance / (2 * sigma * sigma)));
    }
  }
}
