import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { findTargets } from "../../src/targets/find.js";
import { findBrowser } from "../../src/targets/page/browser.js";
import { runs } from "./expected.js";

vi.setConfig({ testTimeout: 180_000 });

const folder = mkdtempSync(join(tmpdir(), "audit-"));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe.runIf(await runs("webgl"))("a machine without a GPU and without a renderer in its place", () => {
  beforeAll(() => {
    const browser = join(folder, "browser");
    writeFileSync(
      browser,
      `#!/bin/sh\nexec "${findBrowser("webgl")}" "$@" --disable-gpu --disable-software-rasterizer\n`,
    );
    chmodSync(browser, 0o755);
    vi.stubEnv("CHROME_PATH", browser);
    vi.stubEnv("VK_DRIVER_FILES", "/dev/null");
  });

  test("has no webgpu, webgl and webgpu-browser, each with its reason, and has the others", async () => {
    const asked = ["cpu", "webgpu", "webgl", "webgpu-browser", "wasm-browser"];
    const { names, missing } = await findTargets({ targets: asked, timeout: 60 });
    expect(names).toEqual(["cpu", "wasm-browser"]);
    const inBrowser = (target: string, reason: string) => ({
      target,
      message: expect.stringMatching(
        new RegExp(
          `"${target}" does not start in .+: ${reason}\\. Install a driver of the GPU, or .+ CHROME_PATH\\.$`,
        ),
      ),
    });
    expect(missing).toEqual([
      {
        target: "webgpu",
        message: expect.stringMatching(/"webgpu" finds no GPU adapter: install a Vulkan driver of the GPU /),
      },
      inBrowser("webgl", "it has no WebGL"),
      inBrowser("webgpu-browser", "its WebGPU finds no adapter"),
    ]);
  });

  test("leaves them out without a word when what is there was asked for", async () => {
    const { names, missing } = await findTargets({ targets: ["auto"], timeout: 60 });
    expect(names).toEqual(expect.arrayContaining(["cpu", "wasm", "wasm-browser"]));
    for (const name of ["webgpu", "webgl", "webgpu-browser"]) expect(names).not.toContain(name);
    expect(missing).toEqual([]);
  });
});
