import { readFileSync } from "node:fs";

/** The version of this package. Its folder is one up from src, and two up from dist/src. */
export const version: string = JSON.parse(readFileSync(packageFile(), "utf8")).version;

function packageFile(): URL {
  const isBuilt = import.meta.url.includes("/dist/src/");
  return new URL(isBuilt ? "../../package.json" : "../package.json", import.meta.url);
}
