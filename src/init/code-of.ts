/** Comments, texts and regular expressions, of which a bracket or a comma means nothing. */
const OPAQUE =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|(?<=[(,=:[!&|?{};\n]\s*)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\//g;

/** The code of a source file: each comment, text and regular expression in it is blanks, and all else where it was. */
export function codeOf(source: string): string {
  return source.replace(OPAQUE, (text) => text.replace(/[^\n]/g, " "));
}

/** The source without its comments. */
export function withoutComments(source: string): string {
  return source.replace(OPAQUE, (text) => (/^\/[/*]/.test(text) ? text.replace(/[^\n]/g, " ") : text));
}

const CLOSING: Record<string, string> = { "(": ")", "[": "]", "{": "}", "<": ">" };

/**
 * Where the bracket closes that opens at a position of code; undefined where it does not. `<` opens one too, as in
 * types, unless what it is in closes first: then it was a comparison.
 */
export function closingOf(code: string, at: number): number | undefined {
  const open: string[] = [];
  for (let i = at; i < code.length; i++) {
    const c = code[i];
    if (CLOSING[c] !== undefined) open.push(CLOSING[c]);
    else if (c === ">" && open.at(-1) === ">" && !isArrow(code, i)) open.pop();
    else if (")]}".includes(c)) {
      while (open.at(-1) === ">") open.pop();
      if (open.pop() !== c) return undefined;
    }
    if (open.length === 0) return i;
  }
  return undefined;
}

/** The parts of code between commas that are in no bracket. */
export function splitAtCommas(code: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i <= code.length; i++) {
    if (i === code.length || code[i] === ",") {
      parts.push(code.slice(from, i).trim());
      from = i + 1;
    } else if (CLOSING[code[i]] !== undefined) i = closingOf(code, i) ?? i;
  }
  return parts.filter((part) => part !== "");
}

/** Whether the `>` there is that of `=>`. */
function isArrow(code: string, at: number): boolean {
  return code[at] === ">" && code[at - 1] === "=";
}
