import { rename, rm, writeFile } from "node:fs/promises";

/** Writes a float32 array as numpy does (format 1.0, little endian, row-major): the whole file or nothing. */
export async function writeNpy(path: string, shape: readonly number[], data: Float32Array): Promise<void> {
  const count = shape.reduce((product, n) => product * n, 1);
  if (count !== data.length) {
    throw new RangeError(`The shape [${shape.join(", ")}] has ${count} elements, the data ${data.length}.`);
  }
  const partial = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(partial, encode(shape, data));
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

function encode(shape: readonly number[], data: Float32Array): Buffer {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': (${tuple}), }`;
  // Spaces and a newline bring the data to a multiple of 64 bytes.
  const length = Math.ceil((10 + dict.length + 1) / 64) * 64;
  const file = Buffer.alloc(length + data.length * 4);
  file.write("\x93NUMPY\x01\x00", "latin1");
  file.writeUInt16LE(length - 10, 8);
  file.write(`${dict.padEnd(length - 11)}\n`, 10, "latin1");
  data.forEach((x, i) => {
    file.writeFloatLE(x, length + i * 4);
  });
  return file;
}
