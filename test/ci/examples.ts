import { readFileSync } from "node:fs";

/** A file that users copy, from docs/ci. */
export function example(name: string): string {
  return readFileSync(new URL(`../../docs/ci/${name}`, import.meta.url), "utf8");
}

export const actionFile = readFileSync(new URL("../../action.yml", import.meta.url), "utf8");
