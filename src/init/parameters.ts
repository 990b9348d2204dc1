import { closingOf, splitAtCommas } from "./code-of.js";

/** What a function takes, as its code says. */
export interface Parameters {
  /** `{…}` where a parameter is taken apart. */
  names: string[];
  /** JavaScript's `length` of the function: how many come before the first with a default. */
  length: number;
}

/** Reads what stands between the brackets of a function's parameters. */
export function parametersOf(list: string): Parameters {
  // TypeScript's `this` is none.
  const parts = splitAtCommas(list).filter((part) => !/^this\s*[:?]/.test(part));
  const optional = parts.findIndex((part) => part.startsWith("...") || equalsSign(part) !== undefined);
  return {
    names: parts.map((part) => /^(?:\.\.\.)?\s*([\w$]+)/.exec(part)?.[1] ?? "{…}"),
    length: optional < 0 ? parts.length : optional,
  };
}

/** Where code has the first `=` of a default or an initial value, outside of brackets, from a position on. */
export function equalsSign(code: string, from = 0): number | undefined {
  for (let i = from; i < code.length && !/[;,)]/.test(code[i]); i++) {
    if (/[([{<]/.test(code[i])) i = closingOf(code, i) ?? i;
    else if (code[i] === "=" && !/[=>]/.test(code[i + 1]) && !/[=!<>]/.test(code[i - 1])) return i;
  }
  return undefined;
}
