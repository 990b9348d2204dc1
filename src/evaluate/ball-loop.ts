import type { Ball } from "../arithmetic/ball.js";
import { BALL_CONSTANTS, type Definition, namesIn } from "../arithmetic/ball-code.js";
import type { BallSource } from "../arithmetic/ball-source.js";

/** The generated function; see `CompiledBalls`. */
export type BallLoop = (
  n: number,
  logits: Float32Array,
  labels: Float32Array,
  labelStride: number,
  valueMid: Float64Array,
  valueRad: Float64Array,
  gradientMid: Float64Array,
  gradientRad: Float64Array,
) => void;

const PARAMETERS = "n, logits, labels, labelStride, valueMid, valueRad, gradientMid, gradientRad";

/**
 * V8 does not optimize functions of more than 60 kB of bytecode, and one with
 * 100,000 variables overflows the stack. So longer code becomes functions of
 * this many statements, which pass numbers on in an array.
 */
const LONGEST = 800;

/** Source of an expression whose value is a `BallLoop`. */
export function loopSource(
  balls: BallSource,
  logits: readonly string[],
  labels: readonly string[],
  value: readonly Ball[],
  gradient: readonly Ball[],
): string {
  const stores = [
    ...storing("valueMid", value, ({ mid }) => mid),
    ...storing("valueRad", value, ({ rad }) => rad),
    ...storing("gradientMid", gradient, ({ mid }) => mid),
    ...storing("gradientRad", gradient, ({ rad }) => rad),
  ];
  const definitions = balls.code.definitions([...value, ...gradient].flatMap(({ mid, rad }) => [mid, rad]));
  const inputs = [...logits, ...labels];
  const before = [
    "for (let i = 0; i < n; i++) {",
    ...logits.map((name, k) => `  const ${name} = logits[${element(logits.length, k)}];`),
    ...labels.map((name, k) => `  const ${name} = labels[i * labelStride + ${k}];`),
    `  if (!(${inputs.map((name) => `(${name} - ${name})`).join(" + ")} === 0)) {`,
    ...storing("valueRad", value, () => "Infinity").map((line) => `    ${line}`),
    ...storing("gradientRad", gradient, () => "Infinity").map((line) => `    ${line}`),
    "    continue;",
    "  }",
  ];
  if (definitions.length <= LONGEST) {
    const body = [...BALL_CONSTANTS, ...before, ...definitions.map(statement), ...stores, "}"];
    return [`function (${PARAMETERS}) {`, ...body, "}"].join("\n");
  }

  const parts: Definition[][] = [];
  for (let at = 0; at < definitions.length; at += LONGEST) parts.push(definitions.slice(at, at + LONGEST));
  const places = passedOn(parts, inputs, namesIn(stores.join()));
  const place = (name: string): string => `passed[${places.get(name)}]`;
  const functions = parts.map((part, k) => [
    `function part${k}(passed) {`,
    ...BALL_CONSTANTS,
    ...[...freeNames(part)].map((name) => `const ${name} = ${place(name)};`),
    ...part.map(statement),
    ...part.filter(({ name }) => places.has(name)).map(({ name }) => `${place(name)} = ${name};`),
    "}",
  ]);
  const body = [
    ...before,
    ...inputs.filter((name) => places.has(name)).map((name) => `${place(name)} = ${name};`),
    ...parts.map((_, k) => `part${k}(passed);`),
    ...stores.map((line) => line.replace(/\bv\d+\b/g, place)),
    "}",
  ];
  return [
    "(function () {",
    `const passed = new Float64Array(${places.size});`,
    ...functions.flat(),
    `return function (${PARAMETERS}) {`,
    ...body,
    "};",
    "})()",
  ].join("\n");
}

function statement({ name, expression }: Definition): string {
  return `  const ${name} = ${expression};`;
}

function element(count: number, k: number): string {
  return count === 1 ? "i" : `i * ${count} + ${k}`;
}

function storing(array: string, balls: readonly Ball[], part: (ball: Ball) => string): string[] {
  return balls.map((ball, k) => `  ${array}[${element(balls.length, k)}] = ${part(ball)};`);
}

/** The names that a part uses and does not define. */
function freeNames(part: readonly Definition[]): Set<string> {
  const defined = new Set(part.map(({ name }) => name));
  const used = part.flatMap(({ expression }) => namesIn(expression));
  return new Set(used.filter((name) => !defined.has(name)));
}

/** A place in the array for each number that one part, or the result, takes from another. */
function passedOn(
  parts: readonly Definition[][],
  inputs: readonly string[],
  results: readonly string[],
): Map<string, number> {
  const defined = new Set([...inputs, ...parts.flat().map(({ name }) => name)]);
  const places = new Map<string, number>();
  for (const name of [...parts.flatMap((part) => [...freeNames(part)]), ...results]) {
    if (defined.has(name) && !places.has(name)) places.set(name, places.size);
  }
  return places;
}
