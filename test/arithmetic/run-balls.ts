import { type Ball, ball, single } from "../../src/arithmetic/ball.js";
import { BALL_CONSTANTS } from "../../src/arithmetic/ball-code.js";
import { BallSource } from "../../src/arithmetic/ball-source.js";
import type { BallValue } from "../../src/arithmetic/ball-value.js";

/** How an operand is declared: a finite float32, an exact float64, or a ball with a radius. */
export type Operand = "single" | "exact" | "ball";

/** Writes code for balls and runs it: the results for each of many lists of operands, in one loop. */
export function runBalls(
  operands: readonly Operand[],
  build: (source: BallSource, balls: Ball[]) => Ball[],
  points: readonly BallValue[][],
): BallValue[][] {
  const source = new BallSource();
  const balls = operands.map((kind, i) => {
    if (kind === "single") return single(`m${i}`);
    return kind === "exact" ? ball(`m${i}`, "0") : ball(`m${i}`, `r${i}`);
  });
  const results = build(source, balls);
  const text = [
    ...BALL_CONSTANTS,
    "const results = [];",
    "for (const point of points) {",
    ...operands.map((_, i) => `const m${i} = point[${i}].mid, r${i} = point[${i}].rad;`),
    ...source.code.lines(results.flatMap(({ mid, rad }) => [mid, rad])),
    `results.push([${results.map(({ mid, rad }) => `{ mid: ${mid}, rad: ${rad} }`).join(", ")}]);`,
    "}",
    "return results;",
  ].join("\n");
  return new Function("points", text)(points) as BallValue[][];
}

export function exactly(mid: number): BallValue {
  return { mid, rad: 0 };
}

/** Whether the ball says anything at all. */
export function states({ mid, rad }: BallValue): boolean {
  return !Number.isNaN(mid) && rad < Infinity;
}
