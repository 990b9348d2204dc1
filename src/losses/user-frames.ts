import { fileURLToPath } from "node:url";
import type { SourceLine } from "../program/program.js";
import { originalLine } from "./user-source-map.js";

interface Place extends SourceLine {
  column: number;
}

/**
 * The innermost frame of a V8 stack that lies in one of the user's files, or
 * undefined when none does. A compiled file with a source map gives the line of its source.
 *
 * A frame is `    at f (FILE:LINE:COLUMN)` or `    at FILE:LINE:COLUMN`, with
 * `async `, `new ` or `Object.f [as g]` before, FILE a path or a file: URL.
 * A frame in evaluated code, `at eval (eval at f (FILE:LINE:COLUMN), <anonymous>:1:1)`,
 * counts as the place that called eval. Paths may hold spaces, brackets and
 * colons, so the place is read from the end of the line.
 */
export function firstUserFrame(stack: string, isUserFile: (file: string) => boolean): SourceLine | undefined {
  for (const text of stack.split("\n")) {
    const frame = text.match(/^\s*at (?:async )?(.*)$/)?.[1];
    if (frame === undefined) continue;
    for (const place of placesOf(frame)) {
      if (isUserFile(place.file)) return originalLine({ file: place.file, line: place.line }, place.column);
    }
  }
  return undefined;
}

/**
 * Where a frame may point. A path may hold " (" itself, so each reading of the
 * frame that gives an absolute path is offered, the longest path first.
 */
function placesOf(frame: string): Place[] {
  const readings = [frame];
  for (let at = frame.indexOf(" ("); at >= 0; at = frame.indexOf(" (", at + 1)) {
    const inside = frame.slice(at + 2);
    readings.push(inside.endsWith(")") ? inside.slice(0, -1) : inside);
  }
  return readings.flatMap((reading) => {
    const evaluated = reading.match(/^(.*?:\d+:\d+)(?:\), <anonymous>(?::\d+:\d+)?)+$/)?.[1];
    const [, path, line, column] = (evaluated ?? reading).match(/^(.+):(\d+):(\d+)$/) ?? [];
    const file = path === undefined ? undefined : absolute(path);
    return file === undefined ? [] : [{ file, line: Number(line), column: Number(column) }];
  });
}

function absolute(path: string): string | undefined {
  if (path.startsWith("file:")) {
    try {
      return fileURLToPath(path);
    } catch {
      return undefined; // a URL of another host or with a malformed escape names no file
    }
  }
  return /^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(path) ? path : undefined;
}
