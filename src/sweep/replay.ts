import type { AuditedLoss } from "../audit/subject.js";
import { formatFloat32 } from "../inputs/float32.js";
import { isFileName, splitSelection } from "../losses/resolve.js";
import { sweepDefaults as defaults } from "./defaults.js";
import type { SweepOptions } from "./options.js";
import { replayCall } from "./replay-call.js";

/** What a replay command says where it is not the default. */
type ReplayOptions = Pick<SweepOptions, "from" | "rtol" | "atol">;

/** The command that shows one point of a sweep. */
export function replayOf(
  loss: AuditedLoss,
  implementation: string,
  target: string,
  options: ReplayOptions,
  x: number,
  label: number,
  layoutFlag: string,
): string {
  const flags = [`--at=${formatFloat32(x)}`, `--label=${formatFloat32(label)}`, ...tail(target, options)];
  return explain(loss, implementation, layoutFlag === "" ? flags : [...flags, layoutFlag.trim()]);
}

/** The command that shows one pixel of a map: the flags that name the map, then its index. */
export function replayOfPixel(
  loss: AuditedLoss,
  implementation: string,
  target: string,
  options: ReplayOptions,
  mapFlags: string[],
  index: readonly number[],
): string {
  const flags = [...mapFlags, `--index=${index.join(",")}`, ...tail(target, options)];
  return explain(loss, implementation, flags);
}

/** A shell word: quoted when it holds anything but what no shell reads. A path that looks like a flag gets a folder. */
export function shellWord(path: string): string {
  const text = path.startsWith("-") ? `./${path}` : path;
  return /^[\w@%+=:,./#-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * In a file, what the implementations of the sweep agree on is the loss that each of them is held against. Functions
 * have no command: it is the same as a call of a program.
 */
function explain(
  { argument, subjects, handedOver }: AuditedLoss,
  implementation: string,
  flags: string[],
): string {
  if (handedOver) return replayCall(handedOver, flags);
  const [name] = splitSelection(argument);
  const others = subjects.map((subject) => subject.name).filter((other) => other !== implementation);
  return [
    "audit",
    "explain",
    shellWord(`${name}#${implementation}`),
    ...(isFileName(name) && others.length > 0 ? [`--with=${shellWord(others.join(","))}`] : []),
    ...flags,
  ].join(" ");
}

function tail(target: string, { from, rtol, atol }: ReplayOptions): string[] {
  return [
    `--target=${target}`,
    ...(from === defaults.from ? [] : [`--from=${from}`]),
    ...(rtol === defaults.rtol ? [] : [`--rtol=${rtol}`]),
    ...(atol === defaults.atol ? [] : [`--atol=${atol}`]),
  ];
}
