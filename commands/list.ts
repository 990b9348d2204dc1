import { BaseCommand } from "../src/cli/base-command.js";
import { terminal } from "../src/cli/colour.js";
import { write } from "../src/cli/output.js";
import { jsonText } from "../src/report/json.js";

export default class List extends BaseCommand {
  static override summary = "List the built-in losses and their implementations, with formulas and sources.";
  static override examples = ["<%= config.bin %> list", "<%= config.bin %> list --json"];

  async run(): Promise<void> {
    const { flags } = await this.parse(List);
    const { catalogue } = await import("../src/losses/catalogue.js");
    if (flags.json) {
      await write(
        process.stdout,
        jsonText({ schema: 1, command: "list", version: this.config.version, losses: catalogue }),
      );
      return;
    }
    const { catalogueText } = await import("../src/report/catalogue-text.js");
    await write(process.stdout, catalogueText(catalogue, terminal(process.stdout, flags["no-color"])));
  }
}
