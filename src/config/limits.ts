/** The most that a number may be, in a flag as in a configuration. */

/** More logits than this in a range are more than the float32 numbers in most of them. */
export const MAX_POINTS = 1_000_000_000;
export const MAX_RUNS = 1_000_000_000;
/** Of a search. */
export const MAX_SECONDS = 30 * 86_400;
export const MAX_SEED = 2 ** 32 - 1;
/** The most that any map has room for; what one map has room for is known with its size. */
export const MAX_OBJECTS = 4096 * 4096;
/** More processes at once than any machine has room for. */
export const MAX_JOBS = 4096;
