import * as Plot from "@observablehq/plot";
import type { Colour } from "./png.js";

/** How numbers become colours: a palette for the finite ones, and colours for the others. */
export interface ColourScale {
  palette: Colour[];
  /** The place of a number in the palette; null is not known. */
  indexOf(x: number | null): number;
  low: number;
  high: number;
}

const SHADES = 64;
/** Told apart from every finite number; they come behind these in the palette. */
const NOT_FINITE = { nan: [230, 0, 122], infinity: [255, 140, 0], unknown: [140, 140, 140] } as const;

/** Even steps of a scheme of Plot from low to high; what is beyond has the colour of the end. */
export function colourScale(
  scheme: Plot.ColorScheme,
  low: number,
  high: number,
  isReversed = false,
): ColourScale {
  const { apply } = Plot.scale({
    color: { type: "linear", scheme, domain: [0, SHADES - 1], reverse: isReversed },
  });
  const palette = Array.from({ length: SHADES }, (_, i) => colourOf(String(apply(i))));
  return {
    palette: [...palette, NOT_FINITE.nan, NOT_FINITE.infinity, NOT_FINITE.unknown],
    indexOf(x) {
      if (x === null) return SHADES + 2;
      if (Number.isNaN(x)) return SHADES;
      if (x === Infinity) return SHADES + 1;
      const share = high === low ? 0.5 : (x - low) / (high - low);
      return Math.round(Math.max(0, Math.min(1, share)) * (SHADES - 1));
    },
    low,
    high,
  };
}

/** Plot gives `#440154` or `rgb(68, 1, 84)`. */
function colourOf(css: string): Colour {
  const hex = css.match(/^#(..)(..)(..)$/);
  const parts = hex
    ? hex.slice(1).map((part) => Number.parseInt(part, 16))
    : css.match(/[\d.]+/g)!.map(Number);
  return [parts[0], parts[1], parts[2]];
}
