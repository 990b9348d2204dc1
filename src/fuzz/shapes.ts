import type { AuditedLoss, Subject } from "../audit/subject.js";
import { sizeOf } from "../kernels/shape.js";

/** Widths of rows, after that which the loss was found to take. */
const WIDTHS = [2, 3, 4, 10];

/** Lengths of the axes of a map, small ones first. The last axes of a shape are those of the list's. */
const MAPS: readonly (readonly number[])[] = [
  [1, 1, 1, 1],
  [1, 1, 2, 1],
  [2, 1, 1, 1],
  [1, 2, 2, 1],
  [1, 1, 1, 2],
  [2, 1, 2, 1],
  [2, 2, 2, 2],
  [1, 4, 4, 1],
  [3, 4, 4, 2],
  [1, 8, 8, 1],
];

/**
 * The shapes of inputs that all implementations of a loss take, that which they were found to take first. Where
 * there is none it is that of the first implementation alone.
 */
export function shapesOf({ point, subjects, references }: AuditedLoss): (readonly number[])[] {
  const implementations = [...new Set([...subjects, ...references])];
  const allTake = (shape: readonly number[]) => implementations.every((one) => takes(one, shape));
  const own = subjects.map(({ shape }) => shape).find(allTake) ?? subjects[0].shape;
  if (point === "element") return [own];
  const candidates =
    point === "row"
      ? WIDTHS.map((width) => [...own.slice(0, -1), width])
      : MAPS.map((map) => ofRank(map, own.length));
  const known = new Set([own.join()]);
  const others = candidates.filter((shape) => !known.has(shape.join()) && known.add(shape.join()));
  return [own, ...others.filter(allTake)];
}

/** The batch axis of a map is kept; axes that are not there are joined with the last one, those that are too many are 1. */
function ofRank(map: readonly number[], rank: number): number[] {
  const [batch, height, width, classes] = map;
  if (rank === 1) return [batch * height * width * classes];
  if (rank === 2) return [batch, height * width * classes];
  if (rank === 3) return [batch, height, width * classes];
  return [batch, ...new Array<number>(rank - 4).fill(1), height, width, classes];
}

function takes({ exact }: Subject, shape: readonly number[]): boolean {
  const size = sizeOf(shape);
  const labels = Float32Array.from({ length: size }, (_, i) => (i === 0 ? 1 : 0));
  try {
    exact.inShape(shape).program(new Float32Array(size).fill(0.5), labels);
    return true;
  } catch {
    return false; // such as a function of three vectors in one row
  }
}
