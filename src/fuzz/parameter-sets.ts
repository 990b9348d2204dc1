import type { Subject } from "../audit/subject.js";
import type { Random } from "../inputs/random.js";
import type { ParameterRange, ParameterValues } from "../losses/parameters.js";

/** Sets of values besides the defaults. */
const SETS = 6;

/**
 * The values with which a loss is searched: the defaults, which are not given, then each parameter at an end of its
 * range, then any. Empty for a loss without parameters.
 */
export function parameterSets(subjects: readonly Subject[], random: Random): ParameterValues[] {
  const ranges = new Map(subjects.flatMap(({ parameters }) => Object.entries(parameters)));
  if (ranges.size === 0) return [];
  const all = (value: (range: ParameterRange) => number) =>
    Object.fromEntries(Array.from(ranges, ([name, range]) => [name, value(range)]));
  const drawn = (range: ParameterRange) => range.min + (random.uint32() / 2 ** 32) * (range.max - range.min);
  const usual = all((range) => range.default);
  const ends = Array.from(ranges, ([name, { min, max }]) => [
    { ...usual, [name]: min },
    { ...usual, [name]: max },
  ]).flat();
  const sets = [...ends, ...Array.from({ length: SETS }, () => all(drawn))].slice(
    0,
    Math.max(SETS, ends.length),
  );
  const isUsual = (set: ParameterValues) =>
    Object.entries(usual).every(([name, value]) => set[name] === value);
  return sets.filter((set) => !isUsual(set));
}
