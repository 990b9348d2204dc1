/** A loss that can't be had: what was given, what is allowed, what to do. Its message is all there is to show. */
export class LoadError extends Error {
  override name = "LoadError";
}
