import { printable } from "../printable.js";

export interface Element {
  name: string;
  attributes: Readonly<Record<string, string | number>>;
  /** Text is that of an element alone; each of its lines is printable. */
  children: readonly (Element | string)[];
}

/** A document of XML 1.0 with a root, indented. */
export function xmlText(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elementText(root, "")}\n`;
}

function elementText({ name, attributes, children }: Element, indent: string): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const open = `${indent}<${name}${given.join("")}`;
  if (children.length === 0) return `${open}/>`;
  if (children.every((child) => typeof child === "string")) {
    return `${open}>${children.map((text) => text.split("\n").map(escaped).join("\n")).join("")}</${name}>`;
  }
  const inside = (children as readonly Element[]).map((child) => elementText(child, `${indent}  `));
  return [`${open}>`, ...inside, `${indent}</${name}>`].join("\n");
}

/** In attributes and text alike; `]]>` too needs its `>` escaped. */
function escaped(text: string): string {
  const names: Record<string, string> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" };
  return printable(text).replace(/[&<>"']/g, (character) => `&${names[character]};`);
}
