import { closingOf } from "./code-of.js";
import { equalsSign, type Parameters, parametersOf } from "./parameters.js";

/** What code says of a function. */
export interface WrittenFunction {
  /** Undefined where the code does not show them, as of what another function returns. */
  parameters?: Parameters;
  isAsync?: true;
}

/** The function that is written at a position: `function f(…)`, `(…) =>`, `x =>`, or a call, which may give one. */
export function functionAt(code: string, at: number): WrittenFunction | undefined {
  const start = /\s*(async\b\s*)?(?:(function\b\s*[\w$]*\s*)|(?=[(<])|([\w$]+)\s*=>|[\w$.]+\s*(?=[(<]))/y;
  start.lastIndex = at;
  const match = start.exec(code);
  if (match === null) return undefined;
  const [text, asynchronous, word, single] = match;
  const written: WrittenFunction = asynchronous ? { isAsync: true } : {};
  if (single !== undefined) return { ...written, parameters: { names: [single], length: 1 } };
  // Type parameters come first.
  const generic = code[start.lastIndex] === "<" ? closingOf(code, start.lastIndex) : undefined;
  const open = code.indexOf("(", generic ?? start.lastIndex);
  const close = open < 0 ? undefined : closingOf(code, open);
  if (close === undefined) return undefined;
  const isArrow = /^\s*(:[^;]*?)?=>/.test(code.slice(close + 1));
  const isCall = word === undefined && text.trim() !== (asynchronous ?? "").trim();
  if (isCall) return {};
  if (word === undefined && !isArrow) return undefined;
  return { ...written, parameters: parametersOf(code.slice(open + 1, close)) };
}

/** The function that is the value of a variable, whose name ends at a position and may have a type. */
export function valueAfter(code: string, at: number): WrittenFunction | undefined {
  const equals = equalsSign(code, at);
  return equals === undefined ? undefined : functionAt(code, equals + 1);
}

/** The function that is declared in the file under a name. */
export function localFunction(code: string, name: string): WrittenFunction | undefined {
  const word = name.replaceAll("$", "\\$");
  const declaration = new RegExp(`(?:\\basync\\s+)?\\bfunction\\s+${word}(?![\\w$])`).exec(code);
  if (declaration) return functionAt(code, declaration.index);
  const variable = new RegExp(`\\b(?:const|let|var)\\s+${word}(?![\\w$])`).exec(code);
  return variable === null ? undefined : valueAfter(code, variable.index + variable[0].length);
}
