import { count } from "../text.js";

/** A part of a page that stands or falls as a whole. */
export interface Section {
  text: string;
  /** How many findings it shows. */
  findings?: number;
}

/** For the sentence that tells what is left out. */
const RESERVED = 200;

/**
 * The sections one after the other, the first ones that fit into so many bytes of
 * UTF-8, and at the end what is left out; nothing where there is no room even for that.
 */
export function fitted(sections: readonly Section[], limit: number): string {
  const sizes = sections.map(({ text }) => Buffer.byteLength(text) + 2);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total > limit && limit < RESERVED) return "";
  let room = total <= limit ? limit : limit - RESERVED;
  const end = sizes.findIndex((size) => {
    room -= size;
    return room < 0;
  });
  if (end < 0) return page(sections);
  const left = sections.slice(end);
  const findings = left.reduce((sum, section) => sum + (section.findings ?? 0), 0);
  const what = findings > 0 ? ` (${count(findings, "finding")})` : "";
  const told = `Left out for want of space: ${count(left.length, "section")}${what}.`;
  return page([...sections.slice(0, end), { text: told }]);
}

function page(sections: readonly Section[]): string {
  return sections.map(({ text }) => `${text}\n`).join("\n");
}
