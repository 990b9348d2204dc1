import { colourLevel } from "./colour.js";

/**
 * Help is printed by oclif, which has rules of its own for colour: both streams
 * must be terminals, and NO_COLOR beats FORCE_COLOR. It reads them when it is
 * loaded, so this file is imported before it. Other commands start processes,
 * which get the environment as it is.
 */
const argv = process.argv.slice(2);
if (argv.length === 0 || argv[0] === "help" || argv.includes("--help") || argv.includes("-h")) {
  process.env.FORCE_COLOR = String(colourLevel(process.stdout));
  delete process.env.NO_COLOR;
}
