import { BALL_CONSTANTS } from "../arithmetic/ball-code.js";
import { BallSource } from "../arithmetic/ball-source.js";
import { broadcastStrides } from "../kernels/broadcast.js";
import type { Kernel } from "../kernels/kernel.js";
import { type Shape, sizeOf } from "../kernels/shape.js";
import type { Node } from "../program/program.js";
import { type BallColumn, elementOf, factsOf } from "./ball-column.js";
import { collapse } from "./collapse.js";

type Loop = (mid: Float64Array | Float32Array, rad: Float64Array | undefined, ...operands: unknown[]) => void;

interface Compiled {
  loop: Loop;
  facts: BallColumn["facts"];
  exact: boolean;
}

/** By kernel, attributes, layout and what is known of the operands. */
const cache = new Map<string, Compiled>();

/** An elementwise kernel as one generated loop over its broadcast operands. */
export function evaluateElementwise(
  node: Node,
  elementwise: NonNullable<Kernel["elementwise"]>,
  operands: readonly { shape: Shape; column: BallColumn }[],
  shape: Shape,
): BallColumn {
  const layout = collapse(
    shape,
    operands.map((operand) => broadcastStrides(operand.shape, shape)),
  );
  const key = JSON.stringify([
    node.kernel,
    node.attrs,
    layout,
    operands.map(({ column }) => [column.rad !== undefined, ...Object.values(column.facts).map(String)]),
  ]);
  let compiled = cache.get(key);
  if (!compiled) {
    compiled = compileLoop(node, elementwise, operands, layout);
    cache.set(key, compiled);
  }
  const { loop, facts, exact } = compiled;
  const length = sizeOf(shape);
  if (facts.known !== undefined) return { length, mid: new Float64Array(0), facts };
  const mid = facts.single ? new Float32Array(length) : new Float64Array(length);
  const rad = exact ? undefined : new Float64Array(length);
  loop(mid, rad, ...operands.flatMap(({ column }) => [column.mid, column.rad]));
  return { length, mid, rad, facts };
}

function compileLoop(
  node: Node,
  elementwise: NonNullable<Kernel["elementwise"]>,
  operands: readonly { column: BallColumn }[],
  { counts, strides }: { counts: number[]; strides: number[][] },
): Compiled {
  const source = new BallSource();
  const balls = operands.map(({ column }, k) => elementOf(column, `m${k}`, `r${k}`));
  const result = elementwise.scalar(source, balls, node.attrs);
  const loads = balls.flatMap((operand, k) => {
    const index = counts.map((_, axis) => `i${axis} * ${strides[k][axis]}`).join(" + ") || "0";
    const load = (name: string, from: string, part: string): string[] =>
      part === name ? [`const ${name} = ${from}[${index}];`] : [];
    return [...load(`m${k}`, `mids${k}`, operand.mid), ...load(`r${k}`, `rads${k}`, operand.rad)];
  });
  const exact = result.rad === "0";
  const body = [
    ...loads,
    ...source.code.lines([result.mid, result.rad]),
    `mid[k] = ${result.mid};`,
    ...(exact ? [] : [`rad[k] = ${result.rad};`]),
    "k++;",
  ];
  const loops = counts
    .map((count, axis) => `for (let i${axis} = 0; i${axis} < ${count}; i${axis}++)`)
    .join(" ");
  const parameters = ["mid", "rad", ...operands.flatMap((_, k) => [`mids${k}`, `rads${k}`])];
  const text = [...BALL_CONSTANTS, "let k = 0;", `${loops} {`, ...body, "}"].join("\n");
  return { loop: new Function(...parameters, text) as Loop, facts: factsOf(result), exact };
}
