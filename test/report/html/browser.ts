import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { findBrowser } from "../../../src/targets/page/browser.js";
import { launchBrowser } from "../../../src/targets/page/launch.js";
import { EXPECTED } from "../../targets/expected.js";

/** The executable of a browser; undefined where there is none, unless tests in a browser are expected to run. */
export function browserPath(): string | undefined {
  try {
    return findBrowser("webgl");
  } catch (error) {
    if (EXPECTED.includes("webgl")) throw error;
    return undefined;
  }
}

/** A browser that shows pages from disk. */
export interface Browser {
  page: Page;
  /** Shows the text of a page, and gives all that went wrong so far: errors, and requests for anything but the file itself. */
  show(html: string): Promise<string[]>;
  close(): Promise<void>;
}

export async function openBrowser(path: string): Promise<Browser> {
  const { context, close } = await launchBrowser(path, "webgl");
  const folder = mkdtempSync(join(tmpdir(), "audit-"));
  const file = join(folder, "report.html");
  const url = pathToFileURL(file).href;
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("console", (message) => wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("dialog", (dialog) => {
    wrong.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== url && !request.url().startsWith("data:")) wrong.push(request.url());
  });
  return {
    page,
    async show(html) {
      wrong.length = 0;
      writeFileSync(file, html);
      await page.goto(url);
      return wrong;
    },
    async close() {
      await close();
      rmSync(folder, { recursive: true });
    },
  };
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds that is serious or critical: the rule and the element. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  // In the page axe is a global.
  const { violations } = (await page.evaluate("axe.run(document)")) as {
    violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
  };
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}
