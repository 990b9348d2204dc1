import { expect, test } from "vitest";
import { audit, onTerminal } from "./audit.js";

const COLOUR = "\u001b[";

const rules: [env: Record<string, string>, terminal: boolean, pipe: boolean][] = [
  [{}, true, false],
  [{ NO_COLOR: "1" }, false, false],
  [{ NO_COLOR: "" }, true, false],
  [{ FORCE_COLOR: "0" }, false, false],
  [{ FORCE_COLOR: "false" }, false, false],
  [{ FORCE_COLOR: "1" }, true, true],
  [{ FORCE_COLOR: "2" }, true, true],
  [{ FORCE_COLOR: "3" }, true, true],
  [{ FORCE_COLOR: "true" }, true, true],
  [{ FORCE_COLOR: "" }, true, false],
  [{ FORCE_COLOR: "1", NO_COLOR: "1" }, true, true],
  [{ FORCE_COLOR: "0", NO_COLOR: "" }, false, false],
  [{ TERM: "dumb" }, false, false],
  [{ TERM: "dumb", FORCE_COLOR: "1" }, true, true],
];

/** On stdout, in oclif's help, on stderr. */
const commands = ["list", "sweep --help", "swep"];

test.each(rules)(
  "%j: colour on a terminal: %s, in a pipe: %s, the same for all",
  async (env, terminal, pipe) => {
    const shown = await Promise.all(commands.map((command) => onTerminal(`$AUDIT ${command}`, { env })));
    expect(shown.map(({ stdout }) => stdout.includes(COLOUR))).toEqual(commands.map(() => terminal));
    const piped = await Promise.all(commands.map((command) => audit(command.split(" "), { env })));
    expect(piped.map(({ stdout, stderr }) => (stdout + stderr).includes(COLOUR))).toEqual(
      commands.map(() => pipe),
    );
  },
);

test("--no-color is stronger than all of them", async () => {
  const env = { FORCE_COLOR: "3" };
  for (const command of commands) {
    expect((await onTerminal(`$AUDIT ${command} --no-color`, { env })).stdout).not.toContain(COLOUR);
  }
});

test.each([
  ["list 2>/dev/null", true],
  ["sweep --help 2>/dev/null", true],
  ["swep 2>&1 >/dev/null", true],
  ["list | cat", false],
  ["sweep --help | cat", false],
  ["swep --help 2>&1 | cat", false],
  ["swep 2>&1 | cat", false],
])("each stream for itself: %s has colour: %s", async (line, has) => {
  expect((await onTerminal(`$AUDIT ${line}`)).stdout.includes(COLOUR)).toBe(has);
});
