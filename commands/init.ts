import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../src/cli/base-command.js";

export default class Init extends BaseCommand {
  static override summary = "Write a first audit.config.ts for the losses of this project.";

  static override description = [
    "Looks in the source files here and below for exported functions that look like losses: in a file that imports " +
      "@tensorflow/tfjs, of (logits, labels), and so called. It reads text and runs nothing; what git ignores, tests " +
      "and packages are left out. On a terminal it shows what it found and asks; elsewhere it asks nothing.",
    "It writes audit.config.ts, or audit.config.mjs where there is no TypeScript, and nothing else. A configuration " +
      "that is there stays as it is, unless --force is given.",
    "Exit codes: 0 written, or declined; 2 wrong usage, or it can't be written; 130 after Ctrl-C.",
  ].join("\n\n");

  static override examples = [
    "<%= config.bin %> init",
    {
      description: "Without a question, with what was found as JSON.",
      command: "<%= config.bin %> init --json",
    },
  ];

  static override flags = {
    yes: Flags.boolean({ description: "Ask nothing: take all that was found." }),
    force: Flags.boolean({ description: "Replace the configuration that this command would write." }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Init);
    const { runInit } = await import("../src/cli/run-init.js");
    await runInit(flags);
  }
}
