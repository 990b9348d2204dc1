/** What may stand between two words of code. */
const GAP = String.raw`(?:\s|/\*[^]*?\*/|//[^\n]*\n)*`;
const QUOTED = String.raw`(["'\`])((?:(?!\1)[^\n])*)\1`;

const STATEMENTS = [
  new RegExp(String.raw`\bfrom${GAP}${QUOTED}`, "g"),
  new RegExp(String.raw`\bimport${GAP}${QUOTED}`, "g"),
  /\/\/\/\s*<reference\s+(?:path|types)\s*=\s*(["'])([^"'\n]*)\1/g,
];
const CALL = new RegExp(
  String.raw`\b(?:import|require|require\.resolve|import\.meta\.resolve)${GAP}\(${GAP}`,
  "g",
);
const ARGUMENT = new RegExp(`${QUOTED}${GAP}[,)]`, "y");
const URL_CALL = new RegExp(String.raw`\bnew${GAP}URL${GAP}\(${GAP}${QUOTED}`, "g");

/** Modules and functions of tfjs that read files: which ones, no text tells. */
const READERS =
  /^(?:node:)?(?:fs|fs\/promises|child_process|worker_threads|module|vm|http|https|net)$|^graceful-fs$/;
const READS = /\b(?:loadLayersModel|loadGraphModel|fileSystem)\b/;

/** What a module depends on, as its text shows it. */
export interface Imports {
  /** As they are written. */
  specifiers: string[];
  /** It may read more than that: why. */
  opaque?: string;
}

/**
 * The modules that a source text imports, in any way that JavaScript and TypeScript have. The text is not parsed: what
 * stands in a comment or a string is taken for an import too, which can only be too much.
 */
export function importsOf(text: string): Imports {
  const specifiers = new Set<string>();
  let opaque: string | undefined;
  const add = (specifier: string) => {
    // Escapes and expressions in it.
    if (/\\|\$\{/.test(specifier)) opaque ??= `it imports "${specifier}"`;
    else if (READERS.test(specifier)) opaque ??= `it imports ${specifier}`;
    else specifiers.add(specifier);
  };
  for (const statement of STATEMENTS) for (const [, , specifier] of text.matchAll(statement)) add(specifier);
  for (const { index, 0: call } of text.matchAll(CALL)) {
    ARGUMENT.lastIndex = index + call.length;
    const argument = ARGUMENT.exec(text);
    if (argument) add(argument[2]);
    else if (!/^\s*\)/.test(text.slice(ARGUMENT.lastIndex)))
      opaque ??= "it imports what is only known when it runs";
  }
  for (const [, , path] of text.matchAll(URL_CALL)) if (path.startsWith(".")) add(path);
  if (READS.test(text)) opaque ??= "it loads a model";
  return { specifiers: [...specifiers], ...(opaque !== undefined && { opaque }) };
}
