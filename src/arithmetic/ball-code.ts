import { type Ball, isExact } from "./ball.js";

/** Constants that the generated code names; to be declared once, in front of it. */
export const BALL_CONSTANTS = [
  "const ULP = 2 ** -52; // twice the unit roundoff",
  "const GROW = 1 + 2 ** -40; // covers the rounding of the radius itself, and second-order terms",
  "const SMALL = 1e-280; // above it, no term of a radius that matters underflows",
  "const TINY = 1e-300; // covers what may underflow; a normal number, since subnormals are slow",
];

/** `const name = expression;` */
export interface Definition {
  name: string;
  expression: string;
}

/** The variables in an expression: a letter and a number. */
export function namesIn(expression: string): string[] {
  return expression.match(/\b[a-z]\d+\b/g) ?? [];
}

/**
 * Straight-line code in which each expression is computed once. A number is
 * named by the text of its expression, so what two formulas have in common is
 * shared when they write it alike.
 */
export class BallCode {
  private readonly names = new Map<string, string>();
  private readonly expressions: string[] = [];

  /** The name of the value of an expression. */
  let(expression: string): string {
    if (/^-?[\w.]+$/.test(expression) && !/^-[a-z]/i.test(expression)) return expression;
    let name = this.names.get(expression);
    if (name === undefined) {
      name = `v${this.expressions.length}`;
      this.names.set(expression, name);
      this.expressions.push(expression);
    }
    return name;
  }

  /** The sum of the terms that are not 0, enlarged for the rounding errors of computing it. */
  radius(...terms: string[]): string {
    const present = terms.filter((term) => term !== "0");
    if (present.length === 0) return "0";
    const sum = present.join(" + ");
    return this.let(present.length === 1 && /^\w+$/.test(sum) ? sum : `(${sum}) * GROW`);
  }

  /** What the given names need, in order, without what nothing needs. */
  definitions(results: readonly string[]): Definition[] {
    const needed = new Set(results.flatMap(namesIn));
    const definitions: Definition[] = [];
    for (let i = this.expressions.length - 1; i >= 0; i--) {
      const name = `v${i}`;
      if (!needed.has(name)) continue;
      const expression = this.expressions[i];
      for (const used of namesIn(expression)) needed.add(used);
      definitions.push({ name, expression });
    }
    return definitions.reverse();
  }

  /** The same as statements. */
  lines(results: readonly string[]): string[] {
    return this.definitions(results).map(({ name, expression }) => `const ${name} = ${expression};`);
  }
}

/**
 * Adds TINY where the result may have underflowed: where it is small and none
 * of the operands is exactly 0, which makes it exactly 0.
 */
export function padded(code: BallCode, mid: string, rad: string, zeros: readonly Ball[]): string {
  const conditions = [`${magnitude(code, mid)} < SMALL`];
  for (const a of zeros) {
    if (a.known) continue;
    conditions.push(isExact(a) ? `${a.mid} !== 0` : `(${a.mid} !== 0 || ${a.rad} !== 0)`);
  }
  return code.let(`${conditions.join(" && ")} ? ${rad} + TINY : ${rad}`);
}

export function magnitude(code: BallCode, mid: string): string {
  return /^-?\d/.test(mid) ? String(Math.abs(Number(mid))) : code.let(`Math.abs(${mid})`);
}
