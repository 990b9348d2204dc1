import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { audit, folder } from "../audit.js";
import { canMount, withMounts } from "./mounts.js";

let runs = 0;

beforeAll(async () => {
  for (const name of ["disk", "kept"]) mkdirSync(join(folder, name));
  const config = { losses: ["softplus#naive"], targets: "cpu", points: 33, labels: [0] };
  writeFileSync(join(folder, "kept", "audit.config.json"), JSON.stringify(config));
  expect(await audit(["gate", "--config", "kept/audit.config.json", "--update"])).toMatchObject({
    exitCode: 0,
  });
  writeFileSync(
    join(folder, "gate.json"),
    JSON.stringify({ ...config, baseline: "disk/audit-baseline.json" }),
  );
});

/** What writes into the folder `disk`, before and after what it is told. */
const WRITERS: [command: string, subject: RegExp][] = [
  ["gate --config gate.json --update", /disk\/audit-baseline\.json/],
  ["gate --config gate.json --prune", /disk\/audit-baseline\.json/],
  ["gate softplus --runs 1 --config disk/search.json", /disk\/\.audit\/corpus/],
  ["fuzz softplus --runs 1 --corpus disk/corpus", /disk\/corpus/],
  ["sweep softplus --report html=disk/new/report.html", /disk\/new\/report\.html/],
  ["sweep softplus --shard 1/2 --blob disk/blob.json", /disk\/blob\.json/],
];

const WAYS: [way: string, prepare: string, prefix: string, reason: RegExp][] = [
  ["that is read-only", "mount -o remount,ro disk", "", /: its file system is read-only/],
  ["that is full", "head -c 4m /dev/zero > disk/filler 2> /dev/null || true", "", /: the disk is full/],
  [
    "in which the user may not write",
    "chmod 555 disk",
    // Root without the right to pass over permissions.
    "setpriv --bounding-set=-all --inh-caps=-all",
    /: you are not allowed to/,
  ],
];

test.runIf(canMount).concurrent.each(WAYS)(
  "a folder %s is found out before anything is audited",
  async (_, prepare, prefix, reason) => {
    const [before, after] = [`before-${runs}`, `after-${runs++}`];
    const script = [
      "mount -t tmpfs -o size=1m none disk",
      "cp kept/audit-baseline.json disk/audit-baseline.json",
      "echo '{}' > disk/search.json",
      "echo 'export const loss = (x) => x;' > disk/loss.mjs",
      prepare,
      `sha256sum disk/* > ${before}; ls -A disk >> ${before}`,
      ...WRITERS.map(
        ([command]) => `${prefix} $AUDIT ${command} && code=0 || code=$?; echo "exit code $code" >&2`,
      ),
      `(cd disk; ${prefix} $AUDIT init --yes > /dev/null && code=0 || code=$?; echo "exit code $code" >&2)`,
      `sha256sum disk/* > ${after}; ls -A disk >> ${after}`,
    ];
    const { stdout, stderr } = await withMounts(script.join("\n"));
    expect(stdout).toBe("");
    const said = stderr.replaceAll("\n  ", " ").split(/exit code (\d+)\n/);
    const subjects = [...WRITERS.map(([, subject]) => subject), /audit\.config\.mjs/];
    for (const [i, subject] of subjects.entries()) {
      const [message, code] = said.slice(2 * i);
      expect(message).toMatch(/^Error: [^\n]+\n$/);
      expect(message).toMatch(subject);
      expect(message).toMatch(reason);
      expect(code).toBe("2");
    }
    expect(readFileSync(join(folder, after), "utf8")).toBe(readFileSync(join(folder, before), "utf8"));
  },
);
