import { didYouMean } from "../cli/did-you-mean.js";
import { LoadError } from "./load-error.js";
import type { LossFunction } from "./loss.js";

type Module = Record<string, unknown>;

interface Exports {
  functions: { name: string; f: LossFunction }[];
  /** One sentence for each function that can't be called with (logits, labels). */
  leftOut: string[];
}

const RULE = "a loss is a function (logits, labels) => Tensor";

/**
 * The functions among the exports of a module: the default export, then the
 * others as the source has them. One that is exported under several names has
 * the first of them, and "default" only when it has no other.
 */
export function lossExports(path: string, module: Module, source: string): Exports {
  const names = exportsInOrder(module, source);
  const byFunction = new Map<LossFunction, string>();
  for (const name of names) {
    const f = module[name];
    if (isFunction(f) && (byFunction.get(f) ?? "default") === "default") byFunction.set(f, name);
  }
  const functions: Exports["functions"] = [];
  const leftOut: string[] = [];
  for (const [f, name] of byFunction) {
    if (f.length > 2) leftOut.push(`${needs(path, name, f)}; it is left out.`);
    else functions.push({ name, f });
  }
  if (functions.length > 0) return { functions, leftOut };
  const found = names.length > 0 ? `only ${names.join(", ")}` : "nothing at all";
  const reasons = leftOut.map((sentence) => `${sentence} `).join("");
  throw new LoadError(`${path} exports no loss, ${found}. ${reasons}Export one or more functions; ${RULE}.`);
}

/** The one export that was asked for. */
export function lossExport(path: string, module: Module, source: string, name: string): Exports {
  const names = exportsInOrder(module, source);
  if (!names.includes(name)) {
    const found = names.length > 0 ? names.join(", ") : "nothing";
    throw new LoadError(`${path} has no export "${name}". ${didYouMean(name, names)}It exports ${found}.`);
  }
  const f = module[name];
  if (!isFunction(f)) throw new LoadError(`${path}#${name} is ${kindOf(f)}; ${RULE}.`);
  if (f.length > 2) {
    const cure = "Give the others default values, or export a function of these two.";
    throw new LoadError(`${needs(path, name, f)}. ${cure}`);
  }
  return { functions: [{ name, f }], leftOut: [] };
}

function exportsInOrder(module: Module, source: string): string[] {
  const place = (name: string) => placeOfExport(name, source);
  // A CommonJS module has its keys in the order of the file, which a stable sort keeps; an ES module by name.
  const named = Object.keys(module)
    .filter((name) => name !== "default" && name !== "__esModule")
    .sort((a, b) => place(a) - place(b));
  // For a CommonJS module, "default" is the module itself: an export only when that is a function.
  const hasDefault = Object.hasOwn(module, "default") || typeof module === "function";
  return hasDefault ? ["default", ...named] : named;
}

/** Where the source exports a name; beyond its end for what `export *` brings. */
function placeOfExport(name: string, source: string): number {
  const word = name.replaceAll("$", "\\$");
  const declared = `\\bexport\\s+(?:async\\s+)?(?:function\\s*|const|let|var|class)\\s+${word}(?![\\w$])`;
  const listed = `\\bexport\\s*\\{[^}]*?(?<![\\w$])${word}(?=\\s*[,}])`;
  const found = source.match(new RegExp(`${declared}|${listed}|\\bexports\\.${word}\\s*=`));
  return found === null ? source.length : found.index! + found[0].length;
}

function needs(path: string, name: string, f: LossFunction): string {
  return `${path}#${name} needs ${f.length} arguments, but a loss is called with (logits, labels)`;
}

function isFunction(value: unknown): value is LossFunction {
  return typeof value === "function" && !isClass(value);
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

function kindOf(value: unknown): string {
  if (typeof value === "function") return "a class";
  return value === null || value === undefined ? String(value) : `of type ${typeof value}`;
}
