import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { audit, folder, userFile } from "./audit.js";

const sweep = ["sweep", "softplus", "--target", "cpu", "--points", "101"];

test("a shard says what it did and where its blob is, and merged they print what one run prints", async () => {
  const [first, second] = [
    await audit([...sweep, "--shard", "1/2", "--jobs", "1"]),
    await audit([...sweep, "--shard", "2/2", "--jobs", "1"]),
  ];
  const text =
    /^sweep {3}softplus on cpu \(part (\d) of 2\)\nShard \1 of 2 is done: (\d+) findings\. All of it is in \.audit\/shard-\1-of-2\.json\.\naudit merge puts all 2 together, and gives the exit code\.\n$/;
  const found = [first, second].map(({ stdout }) => Number(text.exec(stdout)?.[2]));
  expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
  const files = [".audit/shard-2-of-2.json", ".audit/shard-1-of-2.json"];
  for (const flags of [[], ["--json"], ["--report", "sarif"]]) {
    const merged = await audit(["merge", ...files, ...flags]);
    const whole = await audit([...sweep, ...flags]);
    expect(merged.stdout, flags.join()).toBe(whole.stdout);
    expect(merged.exitCode).toBe(0);
    if (flags[0] === "--json") expect(found[0] + found[1]).toBe(JSON.parse(whole.stdout).findings.length);
  }
});

test("the exit code is that of the merge: a shard that found something has done its work", async () => {
  const failing = [...sweep, "--fail-on", "error", "--jobs", "1", "--shard", "1/1", "--blob", "failing.json"];
  const { stdout, exitCode } = await audit([...failing, "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 1,
    command: "sweep",
    shard: { index: 1, of: 1 },
    blob: "failing.json",
    parts: [{ way: "sweep", loss: "softplus", target: "cpu" }],
    errors: [],
    interrupted: false,
    exitCode: 0,
  });
  expect(exitCode).toBe(0);
  expect((await audit(["merge", "failing.json", "--quiet"])).exitCode).toBe(1);
});

test("a shard with nothing to do says so, and is needed all the same", async () => {
  const one = ["sweep", "softplus#library", "--target", "cpu", "--points", "11"];
  for (const index of [1, 2]) {
    const { stdout, exitCode } = await audit([
      ...one,
      "--shard",
      `${index}/2`,
      "--blob",
      `one-${index}.json`,
    ]);
    expect(exitCode).toBe(0);
    if (index === 2)
      expect(stdout).toMatch(/^Shard 2 of 2 has nothing to do: there are more shards than parts/);
  }
  expect((await audit(["merge", "one-1.json"])).stderr).toMatch(/^Error: Shard 2 of 2 is missing\./);
  const merged = await audit(["merge", "one-1.json", "one-2.json", "--json"]);
  expect(merged.stdout).toBe((await audit([...one, "--json"])).stdout);
});

test("auto reads the environment", async () => {
  const env = { CI_NODE_INDEX: "2", CI_NODE_TOTAL: "3" };
  const { stdout } = await audit(["sweep", "softplus#library", "--target", "cpu", "--shard", "auto"], {
    env,
  });
  expect(stdout).toMatch(/^Shard 2 of 3 has nothing to do/);
  expect(existsSync(join(folder, ".audit/shard-2-of-3.json"))).toBe(true);
});

test("a shard that is interrupted leaves no blob that merge takes, also where there was one", async () => {
  const file = userFile("waits.mjs", 'console.error("loaded"); export const waits = () => { for (;;); };\n');
  const command = ["sweep", file, "--target", "cpu", "--timeout", "60", "--blob", "stopped.json", "--shard"];
  let isStopped = false;
  const { stdout, exitCode } = await audit([...command, "1/2"], {
    onOutput: (text, child) => {
      if (!isStopped && text.includes("loaded")) isStopped = child.kill("SIGINT");
    },
  });
  expect(exitCode).toBe(130);
  expect(stdout.replaceAll("\n", " ")).toMatch(
    /Shard 1 of 2 was interrupted: audit merge will not take stopped\.json\./,
  );
  const merged = await audit(["merge", "stopped.json"]);
  expect(merged.stderr.replace(/\s+/g, " ")).toMatch(
    /^Error: stopped\.json: shard 1 of 2 was begun and did not end\. Run it again\./,
  );
  expect([merged.stdout, merged.exitCode]).toEqual(["", 2]);
  expect(readFileSync(join(folder, "stopped.json"), "utf8")).toContain('"state":"begun"');
});

test.each<[string[], RegExp]>([
  [["merge"], /audit merge needs FILE, which was not given/],
  [["merge", "missing.json"], /missing\.json: there is no such file: check the path\./],
  [[...sweep, "--blob", "x.json"], /--blob names the file of a shard, but there is no --shard/],
  [[...sweep, "--shard", "1/2", "--report", "html=x.html"], /--report does not go with --shard/],
  [[...sweep, "--shard", "1/2", "--blob", ""], /--blob takes the path of a file, but "" was given/],
  [[...sweep, "--shard", "1/2", "--blob", "."], /\. can't be written: it is a folder/],
  [[...sweep, "--shard", "3/2"], /the parts are 1 to 2, and this would be part 3/],
  [[...sweep, "--jobs", "0"], /--jobs takes a whole number from 1 to 4,096, but "0" was given/],
  [[...sweep, "--jobs", "abc"], /--jobs takes a whole number from 1 to 4,096, but "abc" was given/],
  [["fuzz", "softplus", "--shard", "1/2"], /needs a seed, the same for all of them/],
  [["fuzz", "--replay", "x", "--shard", "1/2"], /--replay tries one failure, which --shard can't divide/],
])("%j is refused: %s", async (args, message) => {
  const { stdout, stderr, exitCode } = await audit(args);
  expect(stderr.replace(/\s+/g, " ")).toMatch(message);
  expect([stdout, exitCode]).toEqual(["", 2]);
});

test("the number of processes changes nothing", async () => {
  const [one, three] = await Promise.all(
    ["1", "3"].map((jobs) => audit([...sweep, "--json", "--jobs", jobs])),
  );
  expect(one.stdout).toBe(three.stdout);
});
