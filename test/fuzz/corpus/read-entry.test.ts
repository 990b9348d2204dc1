import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readEntry } from "../../../src/fuzz/corpus/read-entry.js";
import { writeEntry } from "../../../src/fuzz/corpus/write-entry.js";
import { InputError } from "../../../src/inputs/input-error.js";
import { fullEntry, smallEntry } from "./samples.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "corpus-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ids = ["my-loss/naive/cpu/value/overflow/Exp", "my-loss/naive/cpu/gradient/nan/Log"];
const writeBoth = () => Promise.all(ids.map((id) => writeEntry(folder, smallEntry({ id }))));

async function refusal(fileOrId: string, corpus = folder): Promise<string> {
  const error = await readEntry(fileOrId, corpus).catch((reason) => reason);
  expect(error).toBeInstanceOf(InputError);
  return error.message;
}

describe("readEntry", () => {
  it("reads a file, in the corpus or elsewhere", async () => {
    const [file] = await writeBoth();
    expect(await readEntry(file, folder)).toEqual({ file, entry: smallEntry({ id: ids[0] }) });
    expect(await readEntry(file, join(folder, "another"))).toEqual({
      file,
      entry: smallEntry({ id: ids[0] }),
    });
  });

  it("finds an id, also in a file that was renamed", async () => {
    const [, file] = await writeBoth();
    expect(await readEntry(ids[1], folder)).toEqual({ file, entry: smallEntry({ id: ids[1] }) });
    const renamed = join(folder, "renamed.json");
    writeFileSync(renamed, JSON.stringify(fullEntry()).replaceAll(ids[1], "other"));
    expect((await readEntry("other", folder)).file).toBe(renamed);
  });

  it("does not take the name of a file for the id in it", async () => {
    const [first, second] = await writeBoth();
    renameSync(first, join(folder, "z.json"));
    renameSync(second, first);
    expect((await readEntry(ids[0], folder)).file).toBe(join(folder, "z.json"));
  });

  it("finds an id that is the path of a folder too", async () => {
    mkdirSync(join(folder, "twofold"));
    const id = join(folder, "twofold");
    await writeEntry(folder, smallEntry({ id }));
    expect((await readEntry(id, folder)).entry.id).toBe(id);
  });

  it("refuses an id that is not in the corpus, with the nearest one and all that there are", async () => {
    await writeBoth();
    expect(await refusal("my-loss/naive/cpu/gradient/nan/log1")).toBe(
      'There is no file "my-loss/naive/cpu/gradient/nan/log1", and no failure of this id in the corpus ' +
        `${folder}. Did you mean "${ids[1]}"? It has ${ids[1]}, ${ids[0]}.`,
    );
    expect(await refusal("x".repeat(5000))).not.toContain("Did you mean");
  });

  it("lists ten ids and counts the others", async () => {
    for (let i = 0; i < 12; i++) await writeEntry(folder, smallEntry({ id: `failure-${i}` }));
    expect(await refusal("nothing")).toMatch(/It has failure-0-?.*(, failure-\d+){9} and 2 more\.$/);
  });

  it("guesses the file that was meant", async () => {
    const [file] = await writeBoth();
    expect(await refusal(file.replace("Exp", "Ex"))).toContain(`Did you mean "${file}"?`);
  });

  it("refuses anything where the corpus is absent or has nothing that can be read", async () => {
    writeFileSync(join(folder, "half.json"), "{");
    for (const corpus of [folder, join(folder, "absent")]) {
      expect(await refusal(ids[0], corpus)).toBe(
        `There is no file "${ids[0]}", and no failure of this id in the corpus ${corpus}, which has none ` +
          "that can be read: name another with --corpus, or run audit fuzz first.",
      );
    }
  });

  it("says what is wrong with a file, named by its path or by the id", async () => {
    const [file] = await writeBoth();
    writeFileSync(file, "{");
    const message = `${file}: it ends too early, in line 1. Correct it or delete it.`;
    expect(await refusal(file)).toBe(message);
    expect(await refusal(ids[0])).toBe(message);
  });

  it("refuses an empty name, and the name of a folder", async () => {
    expect(await refusal("")).toMatch(/^There is no file "", and no failure of this id/);
    expect(await refusal(folder)).toMatch(/^There is no file ".*", and no failure of this id/);
  });
});
