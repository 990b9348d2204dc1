import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { ORIGIN } from "./entry.js";

const SCRIPT = `${ORIGIN}page.js`;
const HTML = `<!doctype html><meta charset="utf-8"><script type="module" src="${SCRIPT}"></script>`;

/** A page that has run the script. It is served without a server: no other process can reach it. */
export async function openPage(context: BrowserContext, script: string): Promise<Page> {
  const [page] = context.pages();
  const wasm = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json"));
  await page.route(`${ORIGIN}**`, async (route) => {
    const url = route.request().url();
    if (url === ORIGIN) return route.fulfill({ contentType: "text/html", body: HTML });
    if (url === SCRIPT) return route.fulfill({ contentType: "text/javascript; charset=utf-8", body: script });
    if (!url.endsWith(".wasm")) return route.fulfill({ status: 404, body: "" });
    const body = await readFile(join(wasm, "dist", basename(url)));
    return route.fulfill({ contentType: "application/wasm", body });
  });
  forward(page);
  await page.goto(ORIGIN);
  return page;
}

/** What code in the page prints or throws where nobody can catch it is as if this process had done so. */
function forward(page: Page): void {
  page.on("console", (message) => {
    if (message.args().length === 0) return; // a remark of the browser itself
    (message.type() === "warning" ? console.warn : console.log)(message.text());
  });
  page.on("pageerror", (error) => {
    setImmediate(() => {
      throw error;
    });
  });
}
