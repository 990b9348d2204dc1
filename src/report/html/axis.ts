import { formatFloat32, ordinal } from "../../inputs/float32.js";

/** The horizontal axis of a plot: where a logit stands, in pixels from the left. */
export interface Axis {
  width: number;
  place(x: number): number;
  ticks: Tick[];
}

export interface Tick {
  at: number;
  text: string;
}

type Range = readonly [low: number, high: number];

/** Two labels have so much room between their middles, for each of their characters and besides. */
const CHARACTER = 6;
const BLANK = 6;

export function linearAxis([low, high]: Range, width: number): Axis {
  const place = (x: number) => ((x - low) / (high - low)) * width;
  const most = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = power * (most >= 5 * power ? 5 : most >= 2 * power ? 2 : 1);
  const first = Math.ceil(low / step);
  const round = Array.from({ length: 12 }, (_, i) => (first + i) * step);
  return { width, place, ticks: ticksAt([low, high, 0, ...round], [low, high], place) };
}

/** Floats nearer to 0 than a bound have this part of the axis, however many there are. */
const SQUEEZED = 0.1;

/**
 * An axis on which every float32 has the same room, but for those nearer to 0 than `near`, which are most of them:
 * these share a tenth of it.
 */
export function ordinalAxis([low, high]: Range, near: number, width: number): Axis {
  const knots = [low, Math.max(low, Math.min(high, -near)), Math.max(low, Math.min(high, near)), high];
  const floats = [0, 1, 2].map((i) => ordinal(knots[i + 1]) - ordinal(knots[i]));
  const others = floats[0] + floats[2];
  const middle = Math.min(floats[1], others === 0 ? 1 : (others * SQUEEZED) / (1 - SQUEEZED));
  const room = [floats[0], middle, floats[2]].map((n) => (n / (others + middle)) * width);
  const place = (x: number) => {
    const i = x <= knots[1] && floats[0] > 0 ? 0 : x <= knots[2] || floats[2] === 0 ? 1 : 2;
    const share = floats[i] === 0 ? 0 : (ordinal(x) - ordinal(knots[i])) / floats[i];
    return room.slice(0, i).reduce((a, b) => a + b, 0) + share * room[i];
  };
  const powers = Array.from({ length: 77 }, (_, i) => 10 ** (i - 38)).filter((x) => x >= near);
  const sides = [1, 10, 100, 0.1, ...powers].filter((x) => x >= near).flatMap((x) => [x, -x]);
  return { width, place, ticks: ticksAt([low, high, 0, ...sides], [low, high], place) };
}

/** Those of some logits for which there is room, the first ones first. */
function ticksAt(wanted: readonly number[], [low, high]: Range, place: (x: number) => number): Tick[] {
  const ticks: Tick[] = [];
  for (const x of wanted) {
    if (x < low || x > high) continue;
    const tick = { at: place(x), text: x === low || x === high ? exactText(x) : tickText(x) };
    const isFree = ticks.every(
      ({ at, text }) =>
        text !== tick.text &&
        Math.abs(at - tick.at) >= ((text.length + tick.text.length) / 2) * CHARACTER + BLANK,
    );
    if (isFree) ticks.push(tick);
  }
  return ticks.sort((a, b) => a.at - b.at);
}

/** A number with a true minus sign, in at most five digits. */
export function tickText(x: number): string {
  return exactText(Number(x.toPrecision(5)));
}

/** The float32 nearest to a number, with a true minus sign. */
export function exactText(x: number): string {
  return formatFloat32(Math.fround(x)).replace("-", "−");
}
