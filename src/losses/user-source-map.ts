import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { dirname, resolve } from "node:path";
import type { SourceLine } from "../program/program.js";

const maps = new Map<string, SourceMap | undefined>();

/**
 * The line that a place in compiled JavaScript was written on, by the source map
 * beside the file; the place itself without a map, or when its source is not
 * there. Node's own setSourceMapsEnabled would translate tfjs's frames too: they
 * seem to lie outside of node_modules then, and its maps take 70 MB.
 */
export function originalLine(place: SourceLine, column: number): SourceLine {
  if (!/\.[cm]?js$/.test(place.file)) return place;
  if (!maps.has(place.file)) maps.set(place.file, mapOf(place.file));
  const entry = maps.get(place.file)?.findEntry(place.line - 1, column - 1);
  if (entry === undefined || !("originalSource" in entry)) return place;
  const file = resolve(dirname(place.file), entry.originalSource);
  return existsSync(file) ? { file, line: entry.originalLine + 1 } : place;
}

function mapOf(file: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, "utf8")));
  } catch {
    return undefined; // no map, or none that can be read: the JavaScript will do
  }
}
