import type { Label } from "../judge/finding.js";
import type { MapPicture } from "../report/report.js";
import type { FailingPixels } from "./failing-pixels.js";
import type { MapCase } from "./map-cases.js";
import { pictureOf } from "./map-window.js";

/** Maps of so many labels are kept for a loss. */
const MOST_LABELS = 4;

/** The worst pixel of an implementation in a map. */
interface Worst {
  /** Of the verdict; 0 where nothing fails. */
  code: number;
  badness: number;
  pixel: number;
}

/** Of each implementation the picture of its worst map of each label. */
export class MapPictures {
  readonly #target: string;
  readonly #kept = new Map<string, Worst & { picture: MapPicture }>();
  readonly #labels: Label[] = [];
  /** In the map that is being judged, by implementation. */
  readonly #worst = new Map<string, Worst>();
  #map = 0;

  constructor(target: string) {
    this.#target = target;
  }

  /** Hears of pixels that fail in the map that is being judged. */
  note({ subject, code, badness, detail }: FailingPixels): void {
    if (isWorse({ code, badness }, this.#worst.get(subject.name))) {
      this.#worst.set(subject.name, { code, badness, pixel: detail().pixel });
    }
  }

  /** Takes the errors of the gradient in the map that is being judged, in bits: see `errorBits`; -1 where it gives null. */
  take(map: MapCase, implementation: string, errors: Float32Array): void {
    if (!this.#labels.includes(map.label) && this.#labels.length < MOST_LABELS) this.#labels.push(map.label);
    if (!this.#labels.includes(map.label)) return;
    const worst = this.#worst.get(implementation) ?? mostBits(errors);
    const key = JSON.stringify([implementation, map.label]);
    if (!isWorse(worst, this.#kept.get(key))) return;
    const name = { implementation, target: this.#target };
    this.#kept.set(key, { ...worst, picture: pictureOf(map, this.#map, name, errors, worst.pixel) });
  }

  /** Ends the map that is being judged. */
  next(): void {
    this.#map++;
    this.#worst.clear();
  }

  pictures(): MapPicture[] {
    return joinMaps(Array.from(this.#kept.values(), ({ picture }) => picture));
  }
}

/** Puts what several implementations and targets make of the same window of a map into one picture, in their order. */
export function joinMaps(pictures: readonly MapPicture[]): MapPicture[] {
  const joined = new Map<string, MapPicture>();
  for (const one of pictures) {
    const key = JSON.stringify(placeOf(one));
    const known = joined.get(key);
    joined.set(key, known ? { ...known, errors: [...known.errors, ...one.errors] } : one);
  }
  return [...joined.values()].sort((a, b) => compare(placeOf(a), placeOf(b)));
}

function placeOf({ map, channel, corner }: MapPicture): number[] {
  return [map, ...channel, ...corner];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((x, i) => x !== b[i]);
  return at < 0 ? 0 : a[at] - b[at];
}

function isWorse(one: Omit<Worst, "pixel">, other: Worst | undefined): boolean {
  if (other === undefined || one.code !== other.code) return one.code > (other?.code ?? -1);
  return one.badness > other.badness;
}

/** Where nothing fails, the pixel of the largest error is the worst. */
function mostBits(errors: Float32Array): Worst {
  const pixel = errors.reduce((most, bits, i) => (bits > errors[most] ? i : most), 0);
  return { code: 0, badness: errors[pixel], pixel };
}
