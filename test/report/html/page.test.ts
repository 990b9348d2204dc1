import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AnyReport } from "../../../src/report/any-report.js";
import { htmlReport } from "../../../src/report/html/html-report.js";
import { swept } from "../../sweep/swept.js";
import { fuzzReport, gateReport, renamed, sweepReport } from "../reports.js";
import { sampleReport } from "../sample-report.js";
import { type Browser, browserPath, openBrowser, seriousFaults } from "./browser.js";

const THEMES = ["light", "dark"] as const;
const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(2)>]]></style>&lt;\u0000\u202e{{x}}`;

const empty: AnyReport = { ...sampleReport, losses: [], findings: [], errors: [], targets: [], exitCode: 2 };
const pages = new Map<string, AnyReport>([
  ["a sweep", sampleReport],
  ["a search", fuzzReport],
  ["a gate", gateReport],
  ["errors alone", { ...sampleReport, losses: [], findings: [] }],
  ["nothing", empty],
  ["hostile names of a sweep", renamed(sweepReport, HOSTILE)],
  ["hostile names of a search", renamed(fuzzReport, HOSTILE)],
  ["hostile names of a gate", renamed(gateReport, HOSTILE)],
]);

let plots: string;
beforeAll(async () => {
  // All that there is to see: curves of two labels and beside a positive, maps, what throws, what is NaN, what is right.
  const options = { points: 41, plots: true };
  const maps = await swept("heatmap-focal", { ...options, implementations: ["slow", "stable"] });
  const results = [await swept("softplus", options), maps];
  const findings = results.flatMap((result) => result.findings);
  const losses = results.map(({ summary }) => summary);
  pages.set("plots", { ...sampleReport, losses, findings, errors: [] });
  pages.set("hostile names in plots", { ...sampleReport, losses: [hostile(maps.summary)], findings: [] });
  plots = await htmlReport(pages.get("plots")!);
}, 120_000);

function hostile<T>(plotted: T): T {
  return JSON.parse(JSON.stringify(plotted), (key, value) =>
    ["implementation", "target", "loss"].includes(key) || (key === "label" && typeof value === "string")
      ? HOSTILE
      : value,
  );
}

const path = browserPath();
describe.runIf(path)("in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(path!);
  });
  afterAll(() => browser?.close());

  /** All that is folded is unfolded. */
  const unfold = () =>
    browser.page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");

  test.each([...pages.keys(), "plots", "hostile names in plots"])(
    "%s: no error, no request, nothing wider than a phone or a screen, nothing serious for axe in either theme",
    async (name) => {
      const wrong = await browser.show(await htmlReport(pages.get(name)!));
      const { page } = browser;
      expect(await page.evaluate("document.scripts.length"), "scripts").toBe(1);
      expect(await page.evaluate("document.querySelectorAll('[onerror], img, iframe, object').length")).toBe(
        0,
      );
      await unfold();
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
        expect(overflow, `${width} pixels`).toBeLessThanOrEqual(0);
      }
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme });
        expect(await seriousFaults(page), colorScheme).toEqual([]);
      }
      expect(wrong).toEqual([]);
    },
  );

  test("the themes differ, and both are read from the system", async () => {
    await browser.show(plots);
    const colours = [];
    for (const colorScheme of THEMES) {
      await browser.page.emulateMedia({ colorScheme });
      colours.push(await browser.page.evaluate("getComputedStyle(document.body).backgroundColor"));
    }
    expect(new Set(colours).size).toBe(2);
  });

  test("the tab key goes to the skip link first, and from the top of the page to all that can be used", async () => {
    await browser.show(await htmlReport(gateReport));
    const { page } = browser;
    await unfold();
    const usable = Number(
      await page.evaluate("document.querySelectorAll('a, button, summary, [tabindex=\"0\"]').length"),
    );
    const reached: string[] = [];
    for (let i = 0; i < usable; i++) {
      await page.keyboard.press("Tab");
      reached.push(
        String(
          await page.evaluate(
            "[...document.querySelectorAll('*')].indexOf(document.activeElement) + ' ' + document.activeElement.textContent",
          ),
        ),
      );
    }
    expect(reached[0]).toContain("Skip to the losses");
    expect(new Set(reached).size).toBe(usable);
    expect(usable).toBeGreaterThan(10);
  });

  test("the button beside a command copies it as it is typed", async () => {
    await browser.show(await htmlReport(sweepReport));
    const { page } = browser;
    await unfold();
    await page.locator(".command button").first().click();
    await page.locator(".command button", { hasText: "Copied" }).waitFor({ timeout: 5000 });
    await page.evaluate("document.body.append(document.createElement('textarea'))");
    await page.locator("textarea").focus();
    await page.keyboard.press("ControlOrMeta+v");
    const replay = sweepReport.findings.find(({ severity }) => severity === "error")!.replay;
    expect(await page.locator("textarea").inputValue()).toBe(replay);
  });

  test("headings go down one level at a time", async () => {
    for (const report of pages.values()) {
      await browser.show(await htmlReport(report));
      const levels = (await browser.page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4, h5')].map((heading) => Number(heading.tagName[1]))",
      )) as number[];
      expect(levels[0]).toBe(1);
      for (let i = 1; i < levels.length; i++) expect(levels[i] - levels[i - 1]).toBeLessThanOrEqual(1);
    }
  });

  test("a map is drawn pixel by pixel in the colours of its numbers, with a ring around the worst", async () => {
    await browser.show(plots);
    const maps = browser.page.locator(".map svg");
    expect(await maps.count()).toBeGreaterThan(8);
    const sizes =
      (await browser.page.evaluate(`Promise.all([...document.querySelectorAll(".map image")].map(async (image) => {
      const picture = new Image();
      picture.src = image.getAttribute("href");
      await picture.decode();
      return picture.naturalWidth + "x" + picture.naturalHeight;
    }))`)) as string[];
    expect(new Set(sizes)).toEqual(new Set(["16x16"]));
    expect(await browser.page.locator(".ring-inside").count()).toBeGreaterThan(0);
  });
});
