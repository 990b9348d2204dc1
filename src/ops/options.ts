/** What `audit ops` was asked for, checked. */
export interface OpsOptions {
  /** Names of ops; empty for all. */
  ops: string[];
  targets: string[];
  /** About how many numbers each op is given. */
  points: number;
  /** Seconds that one op may take. */
  timeout: number;
}

/** What `audit ops` does unless it is told otherwise. */
export const opsDefaults: Readonly<OpsOptions> = {
  ops: [],
  targets: ["cpu", "wasm"],
  points: 32_768,
  timeout: 60,
};
