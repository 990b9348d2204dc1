import { printable } from "../printable.js";

/** Of one text of a user: a name, a path, a message. */
const LONGEST = 600;

/**
 * Text as GitHub and GitLab show it literally, in Markdown, in a cell of a table
 * and in HTML alike: in one line, what either reads as markup by number. `@name`
 * notifies nobody, and `#12` and URLs link to nothing: a comment parts them, which
 * is not shown.
 */
export function escaped(text: string): string {
  const byNumber = (character: string) => `&#${character.charCodeAt(0)};`;
  return (
    printable(text, LONGEST)
      .trim()
      .replace(/[&<>"'`*_~|\\[\]$]/g, byNumber)
      // At the beginning of a line: a heading, a list, a rule.
      .replace(/^(?:#(?=[# ]|$)|[-+](?= |$)|[-=](?=[-= ]*$))|(?<=^\d+)[.)](?= |$)/, byNumber)
      .replace(/@|(?<!&)#(?=\d)|:(?=\/\/)|\bwww(?=\.)/gi, "$&<!-- -->")
  );
}

/** Text in a line, in the type of code. */
export function code(text: string): string {
  return text === "" ? "" : `<code>${escaped(text)}</code>`;
}

/** A block of code, whose fence is longer than any in it. */
export function codeBlock(text: string, language: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}${language}\n${printable(text)}\n${fence}`;
}

/** A table of cells that are Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** What is shown on a click. Both are Markdown; the summary is one line. */
export function details(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
