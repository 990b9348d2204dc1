import { printable } from "../printable.js";

/** Text that is HTML already; all other text is escaped when it is put into some. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Part = Markup | string | number | false | undefined | readonly Part[];

/** A template of HTML: whatever is put into it is escaped unless it is markup itself; `false` and undefined are nothing. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(strings.reduce((all, text, i) => all + textOf(parts[i - 1]) + text));
}

/** The text of a part, safe between tags and in a quoted attribute. */
export function textOf(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return part.map(textOf).join("");
  return part === false || part === undefined ? "" : escaped(String(part));
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Line ends are kept; what can't be seen, or reorders the text beside it, is shown by its number. */
function escaped(text: string): string {
  return text
    .split("\n")
    .map((line) => printable(line))
    .join("\n")
    .replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
