import { InputError } from "../inputs/input-error.js";

/** A loss that can't be had. */
export class LoadError extends InputError {
  override name = "LoadError";
}
