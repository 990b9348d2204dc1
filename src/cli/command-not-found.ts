import type { Hook } from "@oclif/core/hooks";
import { InputError } from "../inputs/input-error.js";
import { didYouMean } from "./did-you-mean.js";

/** oclif's hook for a command that does not exist. It joins words with colons: `list:extra` is `audit list extra`. */
const commandNotFound: Hook<"command_not_found"> = async ({ id, config }) => {
  const [command, ...rest] = id.split(":");
  const known = config.commandIDs;
  if (known.includes(command)) {
    throw new InputError(`audit ${command} takes no arguments, but "${rest.join(" ")}" was given.`);
  }
  throw new InputError(
    `There is no command "${command}". ${didYouMean(command, known)}The commands are ${known.join(", ")}.`,
  );
};

export default commandNotFound;
