import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Commands are tested by what they write: it must reach the real streams.
    disableConsoleIntercept: true,
    // Many tests wait for a process, a browser or a time limit: the processors are busy with one file more than there are.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
