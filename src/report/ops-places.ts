import type { Terminal } from "../cli/colour.js";
import type { OpResult, SpecialPoint } from "../ops/report.js";
import { isWorse } from "../ops/ulps.js";
import { fromJsonNumber } from "./json.js";
import { byTargets, call, label, short, where } from "./ops-words.js";
import { decimal, nineDigits, twoDigits, wrap } from "./text.js";

/** So many of the worst places for each target, unless the user has named the ops. */
const SHOWN = 12;
/** So many special points of an op. */
const EXAMPLES = 3;

const of = ({ quantity }: OpResult): string => (quantity === "gradient" ? " gradient" : "");

/** Where the worst errors are, worst first. */
export function worstPlaces(ops: readonly OpResult[], all: boolean, { columns, colour }: Terminal): string {
  const measured = ops.filter(({ worst }) => worst !== null && fromJsonNumber(worst.ulps) !== 0);
  const places = byTargets(measured, ({ form, quantity, worst }) => [
    form,
    quantity,
    worst?.input.bits,
    worst?.constant?.bits,
    worst?.computed.bits,
  ]).sort((a, b) => byUlps(a.item, b.item));
  const shown = all ? places : places.slice(0, SHOWN * new Set(ops.map(({ target }) => target)).size);
  if (shown.length === 0) return "";
  const lines = shown.map(({ item, targets }) => {
    const { worst } = item;
    if (worst === null) return "";
    const ulps = twoDigits(worst.ulps).padStart(6);
    const text =
      `${label(item)}${of(item)} on ${targets.join(", ")} at ${where(worst)}: ` +
      `${short(decimal(worst.computed))}, exact ${short(nineDigits(worst.exact.value))}`;
    return wrap(text, columns, `${ulps}  `, " ".repeat(8));
  });
  const rest = places.length - shown.length;
  const more = rest === 0 ? [] : [colour.dim(`${rest} more: name the ops, or see --json`)];
  return [colour.bold("The worst, in ulps"), ...lines, ...more, ""].join("\n");
}

function byUlps(a: OpResult, b: OpResult): number {
  const [left, right] = [a, b].map(({ worst }) => fromJsonNumber(worst?.ulps ?? 0));
  if (isWorse(left, right)) return -1;
  return isWorse(right, left) ? 1 : 0;
}

/** The special values that differ from the rule, a line for an op. */
export function specialPlaces(ops: readonly OpResult[], all: boolean, { columns, colour }: Terminal): string {
  const points = ops.flatMap((result) =>
    result.special.map((point) => ({ result, point, target: result.target })),
  );
  const merged = byTargets(points, ({ result: { form, quantity }, point }) => [form, quantity, point]);
  const lines = byTargets(
    merged.map(({ item, targets }) => ({ ...item, target: "", targets })),
    ({ result, targets }) => [result.form, result.quantity, targets],
  );
  if (lines.length === 0) return "";
  const text = lines.map(({ item: { result, targets } }) => {
    const same = merged.filter(
      (one) =>
        one.item.result.form === result.form &&
        one.item.result.quantity === result.quantity &&
        one.targets.join() === targets.join(),
    );
    const shown = all ? same : same.slice(0, EXAMPLES);
    const said = [...new Set(shown.map(({ item }) => specialText(item.result, item.point)))];
    const rest = same.length - shown.length;
    if (rest > 0) said.push(`${rest} more`);
    return wrap(`${said.join("; ")}`, columns, `${targets.join(", ")}: `, "    ");
  });
  return [colour.bold("Special values that differ from IEEE 754, or from the limit"), ...text, ""].join("\n");
}

function specialText(result: OpResult, point: SpecialPoint): string {
  const is = `${call(result, point)}${of(result)} is ${short(decimal(point.computed))}`;
  return point.by === "domain"
    ? `${is} where nothing is defined`
    : `${is}, not ${short(decimal(point.expected))}`;
}
