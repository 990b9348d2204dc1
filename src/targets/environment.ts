import { existsSync } from "node:fs";
import { join } from "node:path";

/** Where Chrome and Chromium keep the loader of Vulkan and a driver of it that needs no GPU, SwiftShader. */
const CHROME_FOLDERS = ["/usr/lib/chromium", "/usr/lib/chromium-browser", "/opt/google/chrome"];

/**
 * What has to be in the environment before the process of a target starts. Dawn
 * finds the user's own Vulkan drivers by itself; that of an installed browser
 * comes in addition, for machines that have none.
 */
export function environmentOf(target: string): Record<string, string> {
  if (target !== "webgpu" || process.platform !== "linux" || process.env.VK_DRIVER_FILES) return {};
  const folder = CHROME_FOLDERS.find((path) => existsSync(join(path, "vk_swiftshader_icd.json")));
  if (folder === undefined) return {};
  const after = (name: string) => (process.env[name] ? `${process.env[name]}:` : "");
  return {
    VK_ADD_DRIVER_FILES: `${after("VK_ADD_DRIVER_FILES")}${join(folder, "vk_swiftshader_icd.json")}`,
    LD_LIBRARY_PATH: `${after("LD_LIBRARY_PATH")}${folder}`,
  };
}
