import { Command } from "@oclif/core/command";
import * as Flags from "@oclif/core/flags";
import { reportError, wantsJson } from "./report-error.js";

/**
 * What every command of `audit` has in common. Exit codes: 0 fine, 1 the gate or
 * `--fail-on` found something, 2 anything else that went wrong, 128 and more a signal.
 */
export abstract class BaseCommand extends Command {
  static override baseFlags = {
    json: Flags.boolean({
      description: "Print one JSON document on stdout instead of text.",
      helpGroup: "output",
    }),
    "no-color": Flags.boolean({
      description: "Print without colour, as with NO_COLOR=1 in the environment or into a pipe.",
      helpGroup: "output",
    }),
  };

  protected override async catch(error: Error): Promise<void> {
    await reportError(error, { command: this.id ?? "", json: wantsJson(this.argv) });
  }
}
