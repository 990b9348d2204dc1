import { expect, test } from "vitest";
import { messageText } from "../../src/cli/message-text.js";

/** What is printed on a terminal of so many columns, or into a pipe. */
function printed(text: string, columns?: number, typed: string[] = []): string {
  const stream = { isTTY: columns !== undefined, columns } as NodeJS.WriteStream;
  return messageText(stream, "Error:", text, typed);
}

const widest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));
const words = Array.from({ length: 60 }, (_, i) => `word${i}`).join(" ");

test.each([
  ["a pipe", undefined, 80],
  ["a narrow terminal", 46, 46],
  ["a wide terminal", 200, 80],
])("into %s, lines are filled up to its limit, and all but the first are indented", (_, columns, limit) => {
  const text = printed(words, columns);
  expect(text.replaceAll(/\n {2}/g, " ")).toBe(`Error: ${words}\n`);
  expect(widest(text)).toBeLessThanOrEqual(limit);
  // One more word of at most 7 characters would not have fitted.
  expect(widest(text)).toBeGreaterThan(limit - 8);
});

const command = "audit explain LOSS --at=0x418b3333 --label=0";

test.each([
  ["a command", `See ${command} for it.`, command],
  ["a flag with its number", "It is reversed. Give --range -5,5 instead.", "--range -5,5"],
  ["a flag with its name", "Add --logits FILE.npy, or leave it.", "--logits FILE.npy"],
  ["what is in quotes", 'Not installed. Run "npm install focal" there.', '"npm install focal"'],
  ["a path that was typed", "my losses/a loss.ts is not there.", "my losses/a loss.ts"],
])("%s stays on one line, wherever a line would end", (_, sentence, piece) => {
  for (let before = 0; before <= 73; before++) {
    const text = printed(`${"x".repeat(before)} ${sentence}`, undefined, ["my losses/a loss.ts"]);
    expect(text, String(before)).toContain(piece);
    expect(text.replaceAll(/\n {2}/g, " ")).toBe(`Error: ${"x".repeat(before)} ${sentence}\n`);
    expect(widest(text)).toBeLessThanOrEqual(80);
  }
});

test("what is longer than a line has one of its own, unbroken", () => {
  const path = `a folder/${"deep/".repeat(20)}logits.npy`;
  expect(printed(`${path}: there is no such file.`, 60, ["sweep", path]).split("\n")).toContain(
    `Error: ${path}:`,
  );
});
