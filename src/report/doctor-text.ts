import type { Terminal } from "../cli/colour.js";
import type { DoctorReport, ExaminedTarget } from "../doctor/report.js";
import type { Float } from "../judge/finding.js";
import { fromJsonNumber } from "./json.js";
import { short } from "./ops-words.js";
import { decimal, twoDigits, wrap } from "./text.js";

type Ready = Extract<ExaminedTarget, { ready: true }>;

/** Which targets work, why the others do not, and what those that do are like. */
export function doctorText({ targets, version }: DoctorReport, terminal: Terminal): string {
  const { columns, colour } = terminal;
  const ready = targets.filter((target): target is Ready => target.ready);
  const name = Math.max(...targets.map((target) => target.name.length)) + 2;
  const status = "missing".length + 2;
  const lines = targets.map((target) => {
    const first = target.name.padEnd(name) + (target.ready ? "ready" : "missing").padEnd(status);
    const line = wrap(about(target), columns, first, "".padEnd(name + status));
    return target.ready
      ? line.replace("ready", (word) => colour.green(word))
      : line.replace("missing", (word) => colour.red(word));
  });
  const [{ description } = { description: undefined }] = ready;
  const versions = description
    ? `, tfjs ${description.versions.tfjs}, Node ${description.versions.node}`
    : "";
  return `${[
    colour.bold(`audit ${version}${versions}`),
    "",
    ...lines,
    "",
    ...tables(ready, terminal),
    wrap(ending(targets, ready), columns),
  ].join("\n")}\n`;
}

function about(target: ExaminedTarget): string {
  if (!target.ready) return target.reason;
  const { device, software, versions, subnormals, float32Textures } = target.description;
  const own = Object.entries(versions)
    .filter(([name, version]) => name !== "node" && version !== versions.tfjs && !device.includes(version))
    .map(([name, version]) => `${name} ${version}`);
  return [
    device,
    ...(software ? ["a software renderer: the numbers of a real GPU may differ"] : []),
    ...own,
    ...(float32Textures === undefined ? [] : [float32Textures ? "float32 textures" : "float16 textures"]),
    ...(subnormals ? [`subnormals ${subnormals}`] : []),
  ].join("; ");
}

/** A column for each target, as wide as what is in it; as many tables as they need. */
function tables(ready: readonly Ready[], { columns, colour }: Terminal): string[] {
  const first = Math.max(...ROWS.map(([title]) => title.length));
  const all = ready.map((target) => {
    const cells = [target.name, ...ROWS.map(([, cell]) => cell(target))];
    const width = Math.max(...cells.map((cell) => cell.length)) + 2;
    return cells.map((cell) => cell.padStart(width));
  });
  const lines: string[] = [];
  for (let from = 0; from < all.length; ) {
    let width = first;
    let to = from;
    while (to < all.length && (to === from || width + all[to][0].length <= columns))
      width += all[to++][0].length;
    const row = (title: string, i: number) =>
      title.padEnd(first) +
      all
        .slice(from, to)
        .map((cells) => cells[i])
        .join("");
    lines.push(colour.bold(row("measured", 0)), colour.dim("─".repeat(width)));
    lines.push(...ROWS.map(([title], i) => row(title, i + 1)), "");
    from = to;
  }
  return lines;
}

const yesOrNo = (yes: boolean): string => (yes ? "yes" : "no");
const number = (x: Float | null): string => (x === null ? "never" : short(decimal(x)));
const threeDigits = (x: Float): string => String(Number(fromJsonNumber(x.value).toPrecision(3)));

const worst =
  (op: string) =>
  ({ ops }: Ready): string => {
    const ulps = ops.find((result) => result.op === op && result.quantity === "value")?.worst?.ulps;
    return ulps === undefined ? "–" : twoDigits(fromJsonNumber(ulps));
  };

const ROWS: [title: string, cell: (target: Ready) => string][] = [
  ["sigmoid is 1 first at x =", ({ facts }) => number(facts.sigmoid.firstOne)],
  ["  and always from x =", ({ facts }) => number(facts.sigmoid.oneFrom)],
  ["smallest result", ({ facts }) => threeDigits(facts.smallestResult)],
  ["log(0)", ({ facts }) => number(facts.logOfZero)],
  ["NaN survives maximum", ({ facts }) => yesOrNo(facts.nanSurvives.maximum)],
  ["  relu", ({ facts }) => yesOrNo(facts.nanSurvives.relu)],
  ["  clipByValue", ({ facts }) => yesOrNo(facts.nanSurvives.clipByValue)],
  ["worst ulps of exp", worst("exp")],
  ["  expm1", worst("expm1")],
  ["  log", worst("log")],
  ["  log1p", worst("log1p")],
  ["  sigmoid", worst("sigmoid")],
  ["  softplus", worst("softplus")],
  ["  tanh", worst("tanh")],
  ["a small sweep takes", ({ sweepSeconds }) => `${sweepSeconds.toFixed(1)} s`],
];

function ending(targets: readonly ExaminedTarget[], ready: readonly Ready[]): string {
  const all = `${ready.length} of ${targets.length} targets are ready.`;
  if (ready.length === 0) return all;
  return `${all} Use them with --target ${ready.map(({ name }) => name).join(",")}; audit ops measures every op of tfjs on them.`;
}
