import type { AuditedLoss } from "../audit/subject.js";
import { formatFloat32 } from "../inputs/float32.js";
import type { SweepOptions } from "./options.js";

/** The command that shows one point of a sweep. */
export function replayOf(
  loss: AuditedLoss,
  implementation: string,
  target: string,
  options: SweepOptions,
  x: number,
  label: number,
  layoutFlag: string,
): string {
  return (
    [
      ...explain(loss, implementation),
      `--at=${formatFloat32(x)}`,
      `--label=${formatFloat32(label)}`,
      ...tail(target, options),
    ].join(" ") + layoutFlag
  );
}

/** The command that shows one pixel of a map: the flags that name the map, then its index. */
export function replayOfPixel(
  loss: AuditedLoss,
  implementation: string,
  target: string,
  options: SweepOptions,
  mapFlags: string[],
  index: readonly number[],
): string {
  return [
    ...explain(loss, implementation),
    ...mapFlags,
    `--index=${index.join(",")}`,
    ...tail(target, options),
  ].join(" ");
}

/** A shell word: quoted when it holds anything but what no shell reads. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./#-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function explain(loss: AuditedLoss, implementation: string): string[] {
  const [argument] = loss.argument.split(/#(?=[^#\\/.]*$)/);
  return ["audit", "explain", shellWord(`${argument}#${implementation}`)];
}

function tail(target: string, options: SweepOptions): string[] {
  return [`--target=${target}`, ...(options.from === "probabilities" ? ["--from=probabilities"] : [])];
}
