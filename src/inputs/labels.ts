/**
 * The labels of one row of `classes`: [z, 1-z, 0, …, 0], the probability z for
 * the swept class and the rest for the next, so that every row sums to 1.
 */
export function rowLabels(z: number, classes: number): Float32Array<ArrayBuffer> {
  const row = new Float32Array(classes);
  row.set([z, 1 - z].slice(0, classes));
  return row;
}

/** One row of `classes` logits for each x: [x, 0, …, 0], one row after the other. */
export function rowLogits(xs: Float32Array, classes: number): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(xs.length * classes);
  xs.forEach((x, i) => {
    rows[i * classes] = x;
  });
  return rows;
}
