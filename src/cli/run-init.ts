import { chosen, isNo } from "../init/choose.js";
import type { FoundLoss } from "../init/find-losses.js";
import { type Proposal, propose, writeConfig } from "../init/init.js";
import { foundText, writtenText } from "../report/init-text.js";
import { jsonText } from "../report/json.js";
import { ask } from "./ask.js";
import { terminal } from "./colour.js";
import { write } from "./output.js";

export interface InitFlags {
  yes: boolean;
  force: boolean;
  json: boolean;
  "no-color": boolean;
}

/** `audit init`: looks, asks on a terminal, writes, and says what is next. */
export async function runInit(flags: InitFlags): Promise<void> {
  const { stdin, stdout } = process;
  const screen = terminal(stdout, flags["no-color"]);
  const proposal = await propose(".", flags.force);
  const { file, losses, skipped } = proposal;
  if (flags.json) {
    await writeConfig(proposal, losses);
    await write(stdout, jsonText({ schema: 1, command: "init", file, losses, skipped, exitCode: 0 }));
    return;
  }
  await write(stdout, `${foundText(proposal, screen)}\n`);
  const isAsked = !flags.yes && stdin.isTTY && stdout.isTTY;
  const choice = isAsked ? await choose(proposal) : { losses };
  if ("exitCode" in choice) {
    await write(stdout, "Nothing was written.\n");
    process.exitCode = choice.exitCode;
    return;
  }
  await writeConfig(proposal, choice.losses);
  await write(stdout, `${isAsked ? "\n" : ""}${writtenText(proposal, choice.losses.length, screen)}`);
}

/** Asks which losses are audited, until the answer can be read; an exit code where nothing is to be written. */
async function choose({
  file,
  losses,
}: Proposal): Promise<{ losses: FoundLoss[] } | { exitCode: 0 | 2 | 130 }> {
  const question =
    {
      0: `Write ${file} with a place for your losses? [Y/n] `,
      1: `Write ${file} with it? [Y/n] `,
    }[losses.length] ?? `Write ${file} with all of them? [Y/n, or numbers such as 1,2] `;
  for (;;) {
    const answer = await ask(question);
    if ("ended" in answer) {
      await write(process.stdout, "\n");
      return { exitCode: answer.ended === "interrupt" ? 130 : 2 };
    }
    if (isNo(answer.typed)) return { exitCode: 0 };
    const numbers = chosen(answer.typed, losses.length);
    if (typeof numbers !== "string") return { losses: numbers.map((i) => losses[i]) };
    await write(process.stdout, `${numbers}\n`);
  }
}
