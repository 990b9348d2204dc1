import { binaryOps } from "./binary.js";
import type { Op } from "./op.js";
import { reductionOps } from "./reductions.js";
import { unaryOps } from "./unary.js";

/** All ops in the order of the table: of one tensor, of two, reductions; each by name. */
export const ops: readonly Op[] = [unaryOps, binaryOps, reductionOps].flatMap((group) =>
  [...group].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
);

export const opNames: readonly string[] = [...new Set(ops.map(({ name }) => name))];

/** The ops of these names; all of them for none. */
export function opsNamed(names: readonly string[]): Op[] {
  return ops.filter(({ name }) => names.length === 0 || names.includes(name));
}
