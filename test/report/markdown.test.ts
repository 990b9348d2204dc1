import fc from "fast-check";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import type { AnyReport } from "../../src/report/any-report.js";
import { codeBlock, escaped } from "../../src/report/markdown/escape.js";
import { markdownReport } from "../../src/report/markdown/markdown.js";
import { anyReport } from "./arbitrary-report.js";
import { fuzzReport, gateReport, hostileNames, renamed, reports, sweepReport, variants } from "./reports.js";

const firstLine = (report: AnyReport) => markdownReport(report).split("\n")[0];

/** What of a page Markdown reads as structure: its own tags, its tables with their columns, its fences. */
function structureOf(page: string): string[] {
  const outside = page.replace(/^(`{3,})(?:sh|js)\n.*\n\1$/gm, "(code)");
  expect(outside).not.toContain("```");
  return outside.split("\n").map((line) => {
    const tags = line.match(/<[^>]*>/g) ?? [];
    for (const tag of tags) expect(tag).toMatch(/^<(?:\/?(?:details|summary|b|code|sub)|!-- --)>$/);
    // What is left of a line is our words, text without markup, and entities.
    expect(line.replace(/<[^>]*>/g, "").replace(/^\| | \| | \|$|^\*\*Not audited|\*\*/g, "")).not.toMatch(
      /[<>`*_~|\\[\]]/,
    );
    // What begins a block: the heading of the page and our lists.
    expect(line.replace(/^### .{1,2} audit |^- /, "")).not.toMatch(
      /^(?:#{1,6} |[-+] |\d+[.)] | {4}|=+$|-+$)/,
    );
    const kept = tags.filter((tag) => tag !== "<!-- -->").join("");
    return `${line.match(/ ?\| ?/g)?.length ?? 0} ${kept}`;
  });
}

describe("a Markdown report", () => {
  test.each([
    [sweepReport, "### ❌ audit sweep found 4 errors, 1 warning and 1 note"],
    [{ ...sweepReport, findings: [] }, "### ✅ audit sweep found nothing"],
    [{ ...sweepReport, findings: sweepReport.findings.slice(5) }, "### ⚠️ audit sweep found 1 warning"],
    [fuzzReport, "### ❌ audit fuzz found 2 errors"],
    [gateReport, "### ❌ audit gate fails: 1 new finding and 1 grown"],
    [{ ...gateReport, exitCode: 0 }, "### ✅ audit gate passes, 1 finding cured"],
    [
      { ...gateReport, exitCode: 0, baseline: { ...gateReport.baseline, state: "updated" }, cured: [] },
      "### ✅ audit gate updated the baseline",
    ],
    [
      { ...fuzzReport, errors: [{ message: "x" }], exitCode: 2 },
      "### ⛔ audit fuzz could not audit everything: 1 audit failed",
    ],
    [variants(sweepReport)[2], "### ⛔ audit sweep could not audit anything"],
    [{ ...fuzzReport, interrupted: true, exitCode: 130 }, "### ⛔ audit fuzz was interrupted"],
  ] as [AnyReport, string][])("%# begins with the verdict", (report, verdict) => {
    expect(firstLine(report)).toBe(verdict);
  });

  test.each(hostileNames)("keeps its structure whatever the names: %j", (name) => {
    for (const report of reports) {
      const named = (text: string) => structureOf(markdownReport(renamed(report, text), 1e7));
      expect(named(name)).toEqual(named("name"));
    }
  });

  test("has no markup but its own, whatever is in it", () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        structureOf(markdownReport(report));
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  test("shows text literally", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii", maxLength: 200 }), (text) => {
        const { document } = parseHTML(`<p>${escaped(text)}</p>`);
        expect(document.querySelector("p")?.textContent).toBe(text.trim());
      }),
      { numRuns: 200, seed: 7 },
    );
    expect(escaped("@me #12 https://a.b www.a.b #x")).toBe(
      "@<!-- -->me #<!-- -->12 https:<!-- -->//a.b www<!-- -->.a.b #x",
    );
    expect(escaped("a\u202eb\u0000\n\nc")).toBe("a&#92;u202eb&#92;x00 c");
  });

  test("puts a command into a fence that it cannot end", () => {
    expect(codeBlock("audit explain '```` x'\n", "sh")).toBe("`````sh\naudit explain '```` x' \n`````");
  });

  test("tells of a finding what fails, where, the worst point, the line, the cure and the command", () => {
    const page = markdownReport(sweepReport);
    expect(page).toContain(
      "| error | sigmoid-cross-entropy naive on cpu, wasm: the value overflows | 17.32868 (0x418aa123) to 120 (0x42f00000), z = 0 | <code>src/my losses/lösß.ts:17</code> |",
    );
    expect(page).toContain(`- At x = 120, z = 0: computed Infinity, exact 120.
- Line: <code>src/my losses/lösß.ts:17</code>
- Instead: write softplus(x) for -log(1 - sigmoid(x)).

\`\`\`sh
audit explain sigmoid-cross-entropy#naive --at=0x42f00000 --label=0 --target=cpu
\`\`\`

</details>`);
    expect(page).toContain("<details><summary>Negligible: 1 note</summary>");
    expect(page).toContain("| naive | cpu | error | -103.972084 | 17.32868 | 5.2e5 | 1.2e9 |");
  });

  test("of a gate shows what fails open and what is as it was folded", () => {
    const page = markdownReport(gateReport);
    const [open] = page.split("<details>");
    expect(open).toContain("| error, new | sigmoid-cross-entropy naive on cpu: the value overflows |");
    expect(open.match(/^\| error/gm)).toHaveLength(2);
    expect(page).toContain("- In the baseline it did at x = 1.");
    for (const summary of [
      "Not as in the baseline, and no failure: 1 warning and 1 note",
      "Cured: 1 finding",
      "As in the baseline: 1 error",
      "Ignored: 1 error",
      "Not as when audit-baseline.json was written",
      "Warnings",
    ]) {
      expect(page).toContain(`<details><summary>${summary}</summary>`);
    }
    expect(page).toContain("known, ticket 12 (until 2027-01-31)");
  });

  test("says first what could not be audited", () => {
    const errors = [{ loss: "./a.ts", implementation: "f", target: "cpu", message: "It hangs." }];
    const lines = markdownReport({ ...sweepReport, errors, exitCode: 2 }).split("\n");
    expect(lines[4]).toBe("**Not audited: ./a.ts f on cpu.** It hangs.");
  });

  test("leaves whole sections out where there is no room, and says how much", () => {
    const [finding] = sweepReport.findings.slice(1);
    const many = Array.from({ length: 200 }, (_, i) => ({ ...finding, implementation: `f${i}` }));
    const page = markdownReport({ ...sweepReport, findings: many });
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(65_000);
    expect(page.match(/<details>/g)?.length).toBe(page.match(/<\/details>/g)?.length);
    const shown = page.match(/<details><summary><b>error/g)?.length ?? 0;
    expect(shown).toBeGreaterThan(50);
    expect(page).toContain(` sections (${200 - shown} findings).`);
    expect(page).toContain("| and 150 more |");
    structureOf(page);
  });
});
