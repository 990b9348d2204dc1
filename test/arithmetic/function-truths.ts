import { readFileSync } from "node:fs";
import { fromDecimal, type Rational } from "./rational.js";

/** A real number, known between two rationals; or an infinity; or no number. */
export type Truth = { low: Rational; high: Rational } | number | "undefined";

export interface FunctionTruth {
  name: string;
  x: number;
  y?: number;
  value: Truth;
  byX?: Truth;
  byY?: Truth;
}

/** The rows of fixtures/truth/functions.csv, which scripts/truth/functions.py explains. */
export function functionTruths(): FunctionTruth[] {
  const text = readFileSync(new URL("../../fixtures/truth/functions.csv", import.meta.url), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [name, x, y, value, byX, byY] = line.split(",");
      return {
        name,
        x: Number(x),
        y: y === "" ? undefined : Number(y),
        value: truth(value),
        byX: byX === "" ? undefined : truth(byX),
        byY: byY === "" ? undefined : truth(byY),
      };
    });
}

/** The decimals are within one unit of their 42nd digit; integers are exact. */
function truth(text: string): Truth {
  if (text === "undefined") return text;
  if (text.endsWith("inf")) return text.startsWith("-") ? -Infinity : Infinity;
  const exact = fromDecimal(text);
  if (!text.includes(".") && !text.includes("e")) return { low: exact, high: exact };
  const slack = exact.n < 0n ? -exact.n : exact.n;
  const scale = 10n ** 41n;
  return {
    low: { n: exact.n * scale - slack, d: exact.d * scale },
    high: { n: exact.n * scale + slack, d: exact.d * scale },
  };
}
