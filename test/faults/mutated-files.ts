import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";
import type { Mutated } from "./mutate-bytes.js";
import { refusal } from "./refusal.js";

/** What reading a file of these bytes gives, which leaves it as it is. Undefined where it is refused, with a message. */
export async function readMutated<T>(
  file: string,
  { how, bytes }: Mutated,
  read: () => Promise<T>,
  look: (message: string) => void = () => {},
): Promise<T | undefined> {
  writeFileSync(file, bytes);
  try {
    return await read();
  } catch (error) {
    look(refusal(error, how));
    return undefined;
  } finally {
    expect(readFileSync(file).equals(bytes), how).toBe(true);
  }
}

/** Reads so many mutations, and looks at those that are taken; gives how many these are. */
export async function taken<T>(
  count: number,
  mutated: () => Mutated,
  read: (mutation: Mutated) => Promise<T | undefined>,
  look: (value: T, mutation: Mutated) => void = () => {},
): Promise<number> {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const mutation = mutated();
    const value = await read(mutation);
    if (value === undefined) continue;
    kept += 1;
    look(value, mutation);
  }
  return kept;
}
