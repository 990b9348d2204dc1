/** One input of a loss: a batch as the function takes it. */
export interface Case {
  shape: readonly number[];
  logits: Float32Array;
  /** As many as there are logits. */
  labels: Float32Array;
}

/** The same input, in memory of its own. */
export function copyOf({ shape, logits, labels }: Case): Case {
  return { shape: [...shape], logits: logits.slice(), labels: labels.slice() };
}

/** The same for the same bits, -0 and 0 apart. */
export function keyOf({ shape, logits, labels }: Case): string {
  const bits = (numbers: Float32Array) => new Int32Array(numbers.slice().buffer).join();
  return `${shape.join()};${bits(logits)};${bits(labels)}`;
}

/** Numbers of cases of one shape, one after the other. */
export function joined(cases: readonly Case[], of: "logits" | "labels"): Float32Array {
  const size = cases[0].logits.length;
  const all = new Float32Array(cases.length * size);
  for (const [i, one] of cases.entries()) all.set(one[of], i * size);
  return all;
}
