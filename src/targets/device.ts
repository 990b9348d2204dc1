/** What computes for a backend on its own: its errors come to nobody who does not look for them. */
export interface Device {
  /** Comes when the device is gone, and says how. */
  lost: Promise<string>;
  /**
   * Looks for errors of the device from now on, after which reads give zeros, or
   * what an earlier call has left. What comes back ends that, and throws one that
   * there was.
   */
  watch(): () => Promise<void>;
}

/** Why a device is lost, when nobody has asked for it. */
export const DRIVER = "A driver does that when a computation takes too much time or memory.";
