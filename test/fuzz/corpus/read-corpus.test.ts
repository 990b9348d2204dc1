import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { entryText } from "../../../src/fuzz/corpus/entry-text.js";
import { readCorpus } from "../../../src/fuzz/corpus/read-corpus.js";
import { InputError } from "../../../src/inputs/input-error.js";
import { Random } from "../../../src/inputs/random.js";
import { fullEntry, smallEntry } from "./samples.js";

const text = entryText(fullEntry());
const REPAIR = "Correct it or delete it. It was passed over.";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "corpus-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

async function warningsOf(): Promise<string[]> {
  const { entries, warnings } = await readCorpus(folder);
  expect(entries).toEqual([]);
  return warnings;
}

describe("readCorpus", () => {
  it("reads every entry, in the order of the names of the files", async () => {
    const second = put("b.json", entryText(smallEntry({ id: "first" })));
    const first = put("a.json", text);
    const third = put("c.json", text);
    expect(await readCorpus(folder)).toEqual({
      entries: [
        { file: first, entry: fullEntry() },
        { file: second, entry: smallEntry({ id: "first" }) },
        { file: third, entry: fullEntry() },
      ],
      warnings: [],
    });
  });

  it("takes a folder that is absent, or empty, for an empty corpus", async () => {
    expect(await readCorpus(folder)).toEqual({ entries: [], warnings: [] });
    expect(await readCorpus(join(folder, "no", "such"))).toEqual({ entries: [], warnings: [] });
  });

  it("refuses a folder that can't be read", async () => {
    const file = put("file", "");
    for (const path of [file, join(file, "corpus")]) {
      const error = await readCorpus(path).catch((reason) => reason);
      expect(error).toBeInstanceOf(InputError);
      expect(error.message).toBe(
        `The corpus ${path} can't be read: it is no folder, or a part of its path is none: name another with --corpus.`,
      );
    }
  });

  it("reads what Windows and editors make of a file", async () => {
    put("crlf.json", text.replaceAll("\n", "\r\n"));
    put("mark.json", `\ufeff${text}`);
    put("one-line.json", JSON.stringify(JSON.parse(text)));
    const { entries, warnings } = await readCorpus(folder);
    expect(warnings).toEqual([]);
    expect(entries.map(({ entry }) => entry)).toEqual([fullEntry(), fullEntry(), fullEntry()]);
  });

  it("takes no notice of other files, hidden ones, temporary ones and folders", async () => {
    put("README.md", "half");
    put(".hidden.json", "half");
    put(".3b241101.tmp", "half");
    put("a.json.4242.tmp", "half");
    mkdirSync(join(folder, "deeper"));
    writeFileSync(join(folder, "deeper", "x.json"), "half");
    mkdirSync(join(folder, "folder.json"));
    expect(await readCorpus(folder)).toEqual({ entries: [], warnings: [] });
  });

  const lines = text.split("\n");
  const conflict = [
    ...lines.slice(0, 3),
    "<<<<<<< HEAD",
    lines[3],
    "=======",
    lines[3].replace("my", "our"),
    ">>>>>>> theirs",
  ];
  it.each([
    ["is empty", "", "it is empty. "],
    ["holds one end of a line", "\n", "it ends too early, in line 2. "],
    ["is all zeros, as after a loss of power", new Uint8Array(400), "it is no text in UTF-8. "],
    ["is UTF-16", Buffer.from(`\ufeff${text}`, "utf16le"), "it is no text in UTF-8. "],
    ["is Latin-1", Buffer.from(text.replace("my-", "m\xfc-"), "latin1"), "it is no text in UTF-8. "],
    ["ends in the middle", text.slice(0, text.indexOf('"rtol"')), "it ends too early, in line 13. "],
    ["lacks a comma", text.replace('"cpu",', '"cpu"'), "it is not JSON, in line 8. "],
    ["holds two entries", text + text, `it is not JSON, in line ${lines.length}. `],
    ["holds a list", "[]", "it is a list of 0, but must be an object. "],
    [
      "has a number that is not its bits",
      text.replace("88.72284", "88.7"),
      "example.logits[0].value is 88.7, but must be 88.72284, as its bits 0x42b17218 say. ",
    ],
  ])("warns of a file that %s", async (_, content, reason) => {
    const file = put("a.json", content);
    expect(await warningsOf()).toEqual([`${file}: ${reason}${REPAIR}`]);
    expect(Buffer.compare(readFileSync(file), Buffer.from(content as string))).toBe(0);
  });

  it.each([
    ["\n", ""],
    ["\r\n", ""],
    ["\n", "|||||||"],
  ])("recognises a merge conflict of git, with lines that end in %j", async (end, base) => {
    const file = put("a.json", [...conflict, base, ...lines.slice(4)].join(end));
    expect(await warningsOf()).toEqual([
      `${file}: it has a merge conflict of git in line 4. Keep one of its sides. It was passed over.`,
    ]);
  });

  it("warns of a newer schema", async () => {
    const file = put("a.json", text.replace('"schema": 1', '"schema": 2').replace("0.1.0", "9.9.9"));
    const [warning] = await warningsOf();
    expect(warning).toMatch(/its schema is 2, and only 1 is known \(written by audit 9\.9\.9, this is /);
    expect(warning.startsWith(`${file}: `)).toBe(true);
  });

  it("warns of a file that is too large, and does not read it", async () => {
    const file = put("a.json", "");
    truncateSync(file, 5_000 * 2 ** 20); // A hole: it takes no room.
    expect(await warningsOf()).toEqual([`${file}: it has 5000.0 MiB, an entry at most 16. ${REPAIR}`]);
  });

  it("follows a link to a file, and warns of one to nowhere, to itself and to a folder", async () => {
    put("file", text);
    symlinkSync("file", join(folder, "good.json"));
    symlinkSync("nowhere", join(folder, "nowhere.json"));
    symlinkSync("self.json", join(folder, "self.json"));
    symlinkSync(".", join(folder, "turn.json"));
    const { entries, warnings } = await readCorpus(folder);
    expect(entries).toEqual([{ file: join(folder, "good.json"), entry: fullEntry() }]);
    expect(warnings).toEqual([
      `${join(folder, "nowhere.json")}: there is no such file: check the path. It was passed over.`,
      expect.stringMatching(/self\.json: it can't be read: ELOOP.* It was passed over\.$/),
      `${join(folder, "turn.json")}: it is a folder, not a file. It was passed over.`,
    ]);
  });

  it.skipIf(process.platform === "win32")("does not wait for a pipe", async () => {
    execFileSync("mkfifo", [join(folder, "a.json")]);
    expect(await warningsOf()).toEqual([
      `${join(folder, "a.json")}: it is no regular file. It was passed over.`,
    ]);
  });

  it("reads the good ones among the bad ones, and changes none", async () => {
    put("a.json", text);
    put("b.json", text.slice(1));
    put("c.json", "");
    put("d.json", text);
    const before = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    const { entries, warnings } = await readCorpus(folder);
    expect(entries.map(({ file }) => file)).toEqual([join(folder, "a.json"), join(folder, "d.json")]);
    expect(warnings.length).toBe(2);
    expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"))).toEqual(before);
  });

  it("gives a warning or a valid entry, whatever happens to a file", async () => {
    const random = new Random(6);
    const outcomes = { read: 0, passed: 0 };
    for (let i = 0; i < 2000; i++) {
      const mutated = mutate(Buffer.from(text), random);
      const file = put("a.json", mutated);
      const { entries, warnings } = await readCorpus(folder);
      expect(entries.length + warnings.length, mutated.toString()).toBe(1);
      if (entries.length === 1) outcomes.read += 1;
      else outcomes.passed += 1;
      for (const { entry } of entries) checkNumbers(entry);
      for (const warning of warnings) {
        expect(warning.startsWith(`${file}: `)).toBe(true);
        expect(warning).toMatch(/(Correct it or delete it|Update audit)\. It was passed over\.$/);
      }
      expect(Buffer.compare(readFileSync(file), mutated)).toBe(0);
    }
    expect(outcomes.read).toBeGreaterThan(100);
    expect(outcomes.passed).toBeGreaterThan(1000);
  });
});

/** One to three of: a byte changed, a bit flipped, the end cut off, a line doubled, removed or moved. */
function mutate(bytes: Buffer, random: Random): Buffer {
  let result = Buffer.from(bytes);
  for (let n = random.integer(1, 3); n > 0; n--) {
    const kind = random.integer(0, 5);
    const at = random.integer(0, Math.max(result.length - 1, 0));
    const lines = result.toString("latin1").split("\n");
    const line = random.integer(0, lines.length - 1);
    const joined = () => Buffer.from(lines.join("\n"), "latin1");
    if (kind === 0) result[at] = random.integer(0, 255);
    else if (kind === 1) result[at] ^= 1 << random.integer(0, 7);
    else if (kind === 2) result = result.subarray(0, at);
    else if (kind === 3) lines.splice(line, 0, lines[line]);
    else if (kind === 4) lines.splice(line, 1);
    else lines.splice(random.integer(0, lines.length), 0, ...lines.splice(line, 1));
    if (kind > 2) result = joined();
  }
  return result;
}

function checkNumbers(entry: ReturnType<typeof fullEntry>): void {
  const { example, training } = entry;
  const size = example.shape.reduce((product, n) => product * n, 1);
  expect([example.logits.length, example.labels.length]).toEqual([size, size]);
  for (const { value, bits } of [...example.logits, ...example.labels, ...(training?.start ?? [])]) {
    const view = new DataView(new ArrayBuffer(4));
    view.setUint32(0, Number(bits));
    expect(Object.is(Math.fround(Number(value)), view.getFloat32(0))).toBe(true);
  }
}
