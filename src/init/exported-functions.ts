import { closingOf, splitAtCommas } from "./code-of.js";
import { functionAt, localFunction, valueAfter, type WrittenFunction } from "./function-at.js";

export interface ExportedFunction extends WrittenFunction {
  /** As it is exported; `default` for what has no other name. */
  name: string;
}

/** The functions that code exports, in its order, as an ES module or as a CommonJS module. Other files are not read. */
export function exportedFunctions(code: string): ExportedFunction[] {
  const found = [...declared(code), ...listed(code), ...common(code)].sort((a, b) => a.at - b.at);
  const functions = new Map<string, ExportedFunction>();
  for (const { at: _, name, written } of found) {
    // Of overloads the last is the function.
    if (written) functions.set(name, { name, ...written });
  }
  return [...functions.values()];
}

interface Found {
  at: number;
  name: string;
  written?: WrittenFunction;
}

/** `export function f`, `export const f = …`, `export default …`. */
function declared(code: string): Found[] {
  return [
    ...matches(code, /\bexport\s+(?=(?:async\s+)?function\b\s*([\w$]+))/g, (end, name) => ({
      name,
      written: functionAt(code, end),
    })),
    ...matches(code, /\bexport\s+(?:const|let|var)\s+([\w$]+)/g, (end, name) => ({
      name,
      written: valueAfter(code, end),
    })),
    ...matches(code, /\bexport\s+default\s+/g, (end) => ({
      name: "default",
      written: expression(code, end),
    })),
  ].flat();
}

/** `export { f, g as h }`, but not from another file. */
function listed(code: string): Found[] {
  return matches(code, /\bexport\s*\{([^}]*)\}(?!\s*from\b)/g, (_, list) =>
    splitAtCommas(list)
      .filter((item) => !/^type\s/.test(item))
      .map((item) => item.split(/\s+as\s+/))
      .map(([local, name = local]) => ({ name, written: localFunction(code, local) })),
  );
}

/** `exports.f = …`, `module.exports = { f, g: h }`, `module.exports = f`. */
function common(code: string): Found[] {
  const named = matches(code, /\bexports\.([\w$]+)\s*=(?![=>])/g, (end, name) => ({
    name,
    written: expression(code, end),
  }));
  const whole = matches(code, /\bmodule\.exports\s*=(?![=>])\s*/g, (end) => {
    if (code[end] !== "{") return { name: "default", written: expression(code, end) };
    return splitAtCommas(code.slice(end + 1, closingOf(code, end))).flatMap((item) => {
      const [, name, value = name] = /^([\w$]+)\s*(?::\s*([\s\S]*))?$/.exec(item) ?? [];
      if (name === undefined) return [];
      return { name, written: /^[\w$]+$/.test(value) ? localFunction(code, value) : functionAt(value, 0) };
    });
  });
  return [...named, ...whole];
}

/** A function that is written out at a position, or named there. */
function expression(code: string, at: number): WrittenFunction | undefined {
  const name = /\s*([\w$]+)\s*(?:;|\n|$)/y;
  name.lastIndex = at;
  const local = name.exec(code)?.[1];
  return local === undefined ? functionAt(code, at) : localFunction(code, local);
}

type Exported = Omit<Found, "at">;

/** What each match of a pattern exports, by where it ends and what it captured. */
function matches(
  code: string,
  pattern: RegExp,
  read: (end: number, captured: string) => Exported | Exported[],
): Found[] {
  return [...code.matchAll(pattern)].flatMap(({ 0: text, 1: captured, index }) =>
    [read(index + text.length, captured)].flat().map((one) => ({ at: index, ...one })),
  );
}
