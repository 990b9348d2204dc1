import type { Config } from "../config/config.js";
import { MAX_JOBS, MAX_OBJECTS, MAX_POINTS, MAX_SEED } from "../config/limits.js";
import { InputError } from "../inputs/input-error.js";
import { choice, float32, list, range, targets, timeout, tolerance, wholeNumber } from "./values.js";

/** The flags that a sweep and a search have in common, as typed. */
export interface CommonFlags {
  implementation?: string;
  target?: string;
  seed?: string;
  from?: string;
  rtol?: string;
  atol?: string;
  "fail-on"?: string;
  timeout?: string;
  jobs?: string;
}

/** The flags of `audit sweep` as typed. */
export interface SweepFlags extends CommonFlags {
  range?: string;
  points?: string;
  labels?: string;
  special?: string;
  logits?: string;
  "label-map"?: string;
  heatmaps?: string;
  size?: string;
  classes?: string;
  objects?: string;
}

function labels(text: string): number[] {
  return list("labels", text, "numbers separated by commas, such as 0,1").map((label) =>
    float32("labels", label),
  );
}

export function size(text: string): [height: number, width: number] {
  const match = /^(\d+)x(\d+)$/i.exec(text.trim());
  if (match === null) {
    throw new InputError(`--size takes HEIGHTxWIDTH in pixels, such as 16x16, but "${text}" was given.`);
  }
  return [
    wholeNumber("size", match[1], 1, 4096, " a side"),
    wholeNumber("size", match[2], 1, 4096, " a side"),
  ];
}

export function objects(text: string): [number, number] {
  const ends = text.split(",");
  if (ends.length !== 2) {
    throw new InputError(`--objects takes MIN,MAX objects in a map, such as 0,3, but "${text}" was given.`);
  }
  const [low, high] = ends.map((end) => wholeNumber("objects", end, 0, MAX_OBJECTS));
  if (low > high) {
    throw new InputError(
      `--objects ${text} is reversed: MIN must not be above MAX. Give --objects ${high},${low}.`,
    );
  }
  return [low, high];
}

/** What the flags of `audit sweep` say, as a configuration would. Refuses what makes no sense; names of losses are not looked up. */
export function sweepConfig(flags: SweepFlags): Config {
  return {
    ...given(flags, "range", (text) => range("range", text, "-120,120")),
    ...given(flags, "points", (text) => wholeNumber("points", text, 2, MAX_POINTS)),
    ...given(flags, "labels", labels),
    ...given(flags, "special", (text) =>
      list("special", text, "names separated by commas, such as zero,infinity").map((name) =>
        choice("special", name, ["zero", "infinity", "subnormal"]),
      ),
    ),
    ...given(flags, "logits", (text) => path("logits", text, "the path of a .npy file")),
    ...given(flags, "label-map", (text) => path("label-map", text, "the path of a .npy file")),
    ...given(flags, "heatmaps", (text) => wholeNumber("heatmaps", text, 0, 10_000)),
    ...given(flags, "size", size),
    ...given(flags, "classes", (text) => wholeNumber("classes", text, 1, 10_000)),
    ...given(flags, "objects", objects),
    ...commonConfig(flags),
  };
}

export function commonConfig(flags: CommonFlags): Config {
  return {
    ...given(flags, "implementation", (text) =>
      list("implementation", text, "names separated by commas, such as naive,stable"),
    ),
    ...(flags.target !== undefined && { targets: targets(flags.target) }),
    ...given(flags, "seed", (text) => wholeNumber("seed", text, 0, MAX_SEED)),
    ...judgementConfig(flags),
    ...given(flags, "fail-on", (text) => choice("fail-on", text, ["error", "warning", "note", "never"])),
    ...given(flags, "timeout", timeout),
    ...given(flags, "jobs", (text) => wholeNumber("jobs", text, 1, MAX_JOBS)),
  };
}

/** The flags that say what is right, and how near to it is near enough. */
export function judgementConfig(flags: Pick<CommonFlags, "from" | "rtol" | "atol">) {
  return {
    ...given(flags, "from", (text) => choice("from", text, ["logits", "probabilities"])),
    ...given(flags, "rtol", (text) => tolerance("rtol", text)),
    ...given(flags, "atol", (text) => tolerance("atol", text)),
  };
}

/** The value of a flag that was given, under its name. */
export function given<Name extends string, T>(
  flags: { [name in Name]?: string },
  name: Name,
  read: (text: string) => T,
): { [name in Name]?: T } {
  const text = flags[name];
  return text === undefined ? {} : ({ [name]: read(text) } as { [name in Name]?: T });
}

/** As it is typed; without one, the folder in which audit runs would be meant. */
export function path(flag: string, text: string, rule: string): string {
  if (text.trim() === "") throw new InputError(`--${flag} takes ${rule}, but "${text}" was given.`);
  return text;
}
