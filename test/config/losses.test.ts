import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { LossConfig } from "../../src/config/config.js";
import { askedOf, configuredLosses } from "../../src/config/losses.js";
import { InputError } from "../../src/inputs/input-error.js";
import { resolveLosses } from "../../src/losses/resolve.js";
import { add, project } from "./project.js";

const files = [
  ...["a.ts", "b.js", "c.mts", "d.cts", "e.mjs", "f.cjs", "a.d.ts", "a.test.ts", "data.json", "read.me"],
  ...["old/a.ts", "old/b.ts", "[id].ts", "st*r.ts", "two words.ts", "ünï.ts", "#hash.ts", "(group)/a.ts"],
  ...["node_modules/x/a.ts", ".hidden/a.ts"],
];

/** The project; its subfolder is where the tests are run from. */
const folder = project();
const here = join(folder, "sub");
mkdirSync(here);
for (const file of files) add(folder, `src/${file}`, "");
symlinkSync("..", join(folder, "src/loop"));
symlinkSync("a.ts", join(folder, "src/z-link.ts"));
add(folder, "sub/own.ts", "");

vi.mock("../../src/cli/typed-path.js", async () => {
  const { resolve } = await import("node:path");
  return { typedPath: (path: string) => resolve(here, path) };
});

/** The arguments that losses of the project's configuration stand for, as typed in its subfolder. */
const names = (...losses: (string | LossConfig)[]) =>
  configuredLosses(losses, folder).map(({ argument }) => argument);

describe("names", () => {
  test("of the catalogue stay as they are", () => {
    expect(names("softplus", "heatmap-focal#stable")).toEqual(["softplus", "heatmap-focal#stable"]);
  });

  test("of files are relative to the folder of the configuration", () => {
    expect(names("src/a.ts", "./src/b.js#focal", "sub/own.ts", "../x.ts")).toEqual([
      ...["../src/a.ts", "../src/b.js#focal", "./own.ts", "../../x.ts"],
    ]);
    expect(names(join(folder, "src/a.ts"))).toEqual([join(folder, "src/a.ts")]);
  });

  test("of files that are not there are left to the loader, which knows what is near", () => {
    expect(names("src/nowhere.ts#x")).toEqual(["../src/nowhere.ts#x"]);
  });

  test("of files may be any", () => {
    const odd = [
      "src/[id].ts",
      "src/st*r.ts",
      "src/two words.ts",
      "src/ünï.ts",
      "src/#hash.ts",
      "src/(group)/a.ts",
    ];
    expect(names(...odd)).toEqual(odd.map((file) => `../${file}`));
    expect(names("src/[id].ts#x")).toEqual(["../src/[id].ts#x"]);
  });
});

describe("patterns", () => {
  test("match the files that may hold a loss, sorted, without declarations, packages and what is hidden", () => {
    expect(names("src/*")).toEqual(
      ["#hash.ts", "[id].ts", "a.test.ts", "a.ts", "b.js", "c.mts", "d.cts", "e.mjs", "f.cjs", "st*r.ts"]
        .concat(["two words.ts", "ünï.ts"])
        .map((file) => `../src/${file}`),
    );
    expect(names("src/**/a.ts")).toEqual(["../src/(group)/a.ts", "../src/a.ts", "../src/old/a.ts"]);
  });

  test("have alternatives, classes and exceptions, and an export for each file", () => {
    expect(names("src/{a,b}.{ts,js}#focal")).toEqual(["../src/a.ts#focal", "../src/b.js#focal"]);
    expect(names("./src/[a-c].[tj]s")).toEqual(["../src/a.ts", "../src/b.js"]);
    expect(names("src/old/!(a).ts")).toEqual(["../src/old/b.ts"]);
    expect(names("*/ünï.ts", "src/two *.ts")).toEqual(["../src/ünï.ts", "../src/two words.ts"]);
  });

  test("take the meaning from a letter with a backslash before it", () => {
    expect(names("src/\\[*\\].ts")).toEqual(["../src/[id].ts"]);
    expect(names("src/st\\*r.ts")).toEqual(["../src/st*r.ts"]);
  });

  test("follow no link to a folder, and count a file once", () => {
    expect(names("src/**/{a,z-link}.ts").filter((name) => /loop|link/.test(name))).toEqual([]);
  });

  test("lose what an exclusion names, wherever it stands, and files that are named stay", () => {
    expect(names("!src/**/*.test.ts", "src/a*.ts")).toEqual(["../src/a.ts"]);
    expect(names("src/old/*", "!src/old/a.ts", "src/old/a.ts")).toEqual([
      "../src/old/b.ts",
      "../src/old/a.ts",
    ]);
  });

  test.each([
    [
      "src/*.py",
      /^losses\[1\]: no file that may hold a loss matches "src\/\*\.py" in the folder "\.\."\. Correct it, or take/,
    ],
    ["src/*.json", /matches "src\/\*\.json"/],
    ["src/(x).ts", /matches "src\/\(x\)\.ts"/],
    ["src/node_modules/**", /matches "src\/node_modules\/\*\*"/],
    ["src/[", undefined],
    ["{a,b", /matches "\{a,b"/],
    ["src\\a.ts", /matches "src\\a\.ts" in the folder "\.\."\. Write \/ between folders\.$/],
    ["src\\*.ts", /matches "src\\\*\.ts" in the folder "\.\."\. Write \/ between folders\.$/],
  ])("%s that matches nothing is refused", (pattern, message) => {
    // No pattern, and no name of a file: the loader says that there is no such loss.
    if (message === undefined) expect(names(pattern)).toEqual(["../src/["]);
    else {
      expect(() => names("softplus", pattern)).toThrow(InputError);
      expect(() => names("softplus", pattern)).toThrow(message);
    }
  });

  test("of which every file is excluded match nothing, and exclusions alone name no loss", () => {
    expect(() => names("src/old/*", "!src/old/**")).toThrow(/^losses\[0\]: no file .* "src\/old\/\*"/);
    expect(() => names("!src/**")).toThrow(
      new InputError("losses only takes files away: name the losses that are audited, too."),
    );
  });
});

describe("options of one loss", () => {
  const own = { rtol: 1e-3 };

  test("hold for each file of a pattern", () => {
    expect(configuredLosses([{ loss: "src/old/*.ts#f", ...own }, "softplus"], folder)).toEqual([
      { argument: "../src/old/a.ts#f", own },
      { argument: "../src/old/b.ts#f", own },
      { argument: "softplus" },
    ]);
  });

  test("may come with the pattern that has it, before it or after it, however the file is written", () => {
    const once = [{ argument: "../src/old/a.ts", own }, { argument: "../src/old/b.ts" }];
    expect(configuredLosses(["src/old/*.ts", { loss: "./src/../src/old/a.ts", ...own }], folder)).toEqual(
      once,
    );
    expect(configuredLosses([{ loss: "src/old/a.ts", ...own }, "./src/old/*.ts"], folder)).toEqual(once);
  });

  test("are refused where they are said twice", () => {
    const twice = [
      { loss: "src/old/*.ts", ...own },
      { loss: join(folder, "src/old/a.ts"), points: 9 },
    ];
    expect(() => configuredLosses(twice, folder)).toThrow(
      /^losses has options for .*a\.ts twice: put them into one/,
    );
    expect(configuredLosses([twice[0], { loss: "src/old/a.ts" }], folder)).toHaveLength(2);
  });

  test.each([
    ["src/a.ts", "src/a.ts#focal"],
    ["softplus", "softplus#naive"],
  ])("are refused of a part whose whole, %s, is audited too", (whole, part) => {
    for (const losses of [
      [whole, { loss: part, ...own }],
      [
        { loss: part, ...own },
        { loss: whole, points: 9 },
      ],
    ]) {
      expect(() => configuredLosses(losses, folder)).toThrow(InputError);
      expect(() => configuredLosses(losses, folder)).toThrow(
        /^losses has options for \S+#\w+, and the whole of which it is a part beside it: name each part in an entry/,
      );
    }
    expect(names(whole, part)).toHaveLength(2);
  });
});

describe("losses that are asked for", () => {
  const [first, second] = [{ points: 5 }, { points: 6 }];
  const configured = configuredLosses(
    [
      { loss: "src/a.ts", ...first },
      { loss: "src/b.js#focal", ...second },
      { loss: "sub/own.ts", points: 7 },
      { loss: "softplus", points: 8 },
      "log-sum-exp",
    ],
    folder,
  );

  test("are all of the configuration where none is named", () => {
    expect(askedOf(configured, [])).toEqual(configured);
  });

  test.each([
    ["../src/a.ts", first],
    [join(folder, "src/a.ts"), first],
    ["../src/a.ts#x", first],
    ["../src/../src/b.js#focal", second],
    ["./own.ts", { points: 7 }],
    ["own.ts#x", { points: 7 }],
    ["softplus", { points: 8 }],
    ["softplus#naive", { points: 8 }],
    ["../src/b.js", undefined],
    ["../src/b.js#other", undefined],
    ["log-sum-exp", undefined],
    ["softmax-cross-entropy", undefined],
    ["./nowhere.ts", undefined],
  ])("%s, typed in a subfolder, has the options %j", (argument, own) => {
    expect(askedOf(configured, [argument])).toEqual([{ argument, ...(own && { own }) }]);
  });
});

test("files of one name are named by their paths in the folder of the configuration", () => {
  const losses = names("src/a.ts", "src/old/a.ts", "src/b.js", "src/(group)/a.ts");
  expect(resolveLosses(losses, "..").map((loss) => loss.kind === "file" && loss.name)).toEqual([
    ...["src/a", "src/old/a", undefined, "src/(group)/a"],
  ]);
});
