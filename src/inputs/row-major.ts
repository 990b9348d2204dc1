/** The elements of an array in Fortran order (the first index runs fastest), in row-major order (the last one does). */
export function rowMajor(fortran: Float32Array, shape: readonly number[]): Float32Array<ArrayBuffer> {
  const data = new Float32Array(fortran.length);
  const strides = fortranStrides(shape);
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < data.length; to++) {
    data[to] = fortran[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return data;
}

/** The index of the i-th element of an array as it lies in memory. */
export function unravel(i: number, shape: readonly number[], fortranOrder: boolean): number[] {
  const axes = fortranOrder ? shape : [...shape].reverse();
  let rest = i;
  const index = axes.map((n) => {
    const k = rest % n;
    rest = (rest - k) / n;
    return k;
  });
  return fortranOrder ? index : index.reverse();
}

function fortranStrides(shape: readonly number[]): number[] {
  let stride = 1;
  return shape.map((n) => {
    const own = stride;
    stride *= n;
    return own;
  });
}
