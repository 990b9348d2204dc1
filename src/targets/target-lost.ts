/**
 * What ran the user's function is gone: a page, a browser, a device. It says so
 * of the implementation that ran on it: "The page in which it ran crashed".
 */
export class TargetLostError extends Error {
  override name = "TargetLostError";
}
