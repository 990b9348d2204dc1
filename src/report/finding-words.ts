import type { Finding } from "../judge/finding.js";
import { extent, labelsText, phrase } from "./findings.js";
import { fromJsonNumber } from "./json.js";
import { decimal, nineDigits, twoDigits } from "./text.js";

type Named = Pick<Finding, "loss" | "implementation" | "target" | "quantity" | "kind">;

/** `softplus naive on cpu: the value overflows`. */
export function titleOf(finding: Named, targets: readonly string[] = [finding.target]): string {
  const { loss, implementation } = finding;
  return `${loss} ${implementation} on ${targets.join(", ")}: ${phrase(finding)}`;
}

/** `src/losses/softplus.ts:17`; undefined where no place is known. */
export function placeOf({ line }: Pick<Finding, "line">): string | undefined {
  return line && `${line.file}:${line.line}`;
}

/** Where it fails, in words: the ends of the region, and the label. */
export function regionOf({ region }: Pick<Finding, "region">): string {
  return `${extent(region)}, ${labelsText([String(region.label)])}`;
}

/** `At x = 120, z = 0: computed Infinity, exact 120`. */
export function worstOf({ worst }: Pick<Finding, "worst">): string {
  const pixel = worst.index === undefined ? "" : `, index [${worst.index.join(", ")}]`;
  const computed = worst.computed === null ? "throws" : `computed ${nineDigits(worst.computed.value)}`;
  const ulps = fromJsonNumber(worst.ulps);
  const off = Number.isFinite(ulps) && ulps > 0 ? `, ${twoDigits(worst.ulps)} ulps off` : "";
  const exact = worst.exact.value === "NaN" ? "no exact number" : `exact ${nineDigits(worst.exact.value)}`;
  return `At x = ${decimal(worst.input)}, z = ${nineDigits(worst.label)}${pixel}: ${computed}, ${exact}${off}`;
}
