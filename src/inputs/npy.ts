import { type FileHandle, open, stat } from "node:fs/promises";
import { typedPath } from "../cli/typed-path.js";
import { fileError } from "../files/file-error.js";
import { InputError } from "./input-error.js";
import { type ElementType, elementType } from "./npy-elements.js";
import { parseNpyHeader } from "./npy-header.js";
import { rowMajor, unravel } from "./row-major.js";

export interface NpyArray {
  shape: number[];
  /** In row-major (C) order. */
  data: Float32Array<ArrayBuffer>;
}

/**
 * Reads an array of finite numbers from a .npy file (format 1.0, 2.0 or 3.0).
 *
 * Floats of 16, 32 and 64 bits, integers and booleans, of either byte order and
 * in C or Fortran order, are taken where every element is exactly a float32.
 * Everything else is an `InputError`: NaN and Infinity too, which no audit of
 * a real network's logits should start from.
 */
export async function readNpy(path: string): Promise<NpyArray> {
  try {
    const status = await stat(typedPath(path));
    if (!status.isFile())
      throw new InputError(`this is ${status.isDirectory() ? "a folder" : "no regular file"}: ${CURE}`);
    const file = await open(typedPath(path));
    try {
      return await readArray(file, status.size);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${path}: ${error.message}`);
    throw fileError(path, error);
  }
}

const CURE = "give a .npy file, as np.save writes it.";

async function readArray(file: FileHandle, size: number): Promise<NpyArray> {
  const { text, end } = await readHeader(file, size);
  const { descr, fortranOrder, shape } = parseNpyHeader(text);
  const type = elementType(descr);
  const count = shape.reduce((product, n) => product * n, 1);
  if (shape.includes(0))
    throw new InputError(`it has the shape [${shape.join(", ")}], so it holds no number.`);
  checkSize(count * type.bytes, size - end, shape, type);
  const where = (i: number) => `[${unravel(i, shape, fortranOrder).join(", ")}]`;
  const data = await readElements(file, end, count, type, where);
  checkFinite(data, where);
  return { shape, data: fortranOrder ? rowMajor(data, shape) : data };
}

/** As numpy's own limit. */
const MAX_HEADER = 10_000;

async function readHeader(file: FileHandle, size: number): Promise<{ text: string; end: number }> {
  const start = await readBytes(file, 0, Math.min(size, 12));
  const magic = start.toString("latin1", 0, 6);
  if (magic.startsWith("PK")) throw new InputError("this is an archive (.npz): save one array with np.save.");
  if (magic !== "\x93NUMPY" || size < 12) {
    throw new InputError(`this is no .npy file${size === 0 ? ", it is empty" : ""}: ${CURE}`);
  }
  const version = start[6];
  if (version < 1 || version > 3) {
    throw new InputError(`its format is version ${version}.${start[7]}, and 1.0 to 3.0 are known: ${CURE}`);
  }
  const from = version === 1 ? 10 : 12;
  const end = from + (version === 1 ? start.readUInt16LE(8) : start.readUInt32LE(8));
  if (end - from > MAX_HEADER) {
    throw new InputError(
      `its header is corrupt, of ${end - from} bytes and not up to ${MAX_HEADER}: ${CURE}`,
    );
  }
  if (end > size) {
    throw new InputError(`it is truncated in its header, at ${size} of ${end} bytes: copy or save it again.`);
  }
  const header = await readBytes(file, from, end - from);
  return { text: header.toString(version === 3 ? "utf8" : "latin1"), end };
}

function checkSize(promised: number, found: number, shape: number[], { name }: ElementType): void {
  if (promised === found) return;
  const array = `the array of ${name} of shape [${shape.join(", ")}] that its header promises takes ${promised} bytes`;
  throw new InputError(
    promised > found
      ? `it is truncated: ${array}, ${found} follow. Copy or save it again.`
      : `it is too long: ${array}, ${found} follow. Save one array with np.save.`,
  );
}

/** 2^20 elements at a time, so that only the float32 array is ever whole in memory. */
const BLOCK = 2 ** 20;

async function readElements(
  file: FileHandle,
  start: number,
  count: number,
  type: ElementType,
  where: (i: number) => string,
): Promise<Float32Array<ArrayBuffer>> {
  const data = allocate(count);
  let inexact = 0;
  let first = "";
  for (let done = 0; done < count; done += BLOCK) {
    const length = Math.min(BLOCK, count - done);
    const block = await readBytes(file, start + done * type.bytes, length * type.bytes);
    const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
    for (let i = 0; i < length; i++) {
      const element = type.read(view, i * type.bytes, type.littleEndian);
      const float = Math.fround(Number(element));
      data[done + i] = float;
      const isExact = typeof element === "bigint" ? BigInt(float) === element : Object.is(float, element);
      if (!isExact && inexact++ === 0) first = `${element} at ${where(done + i)}`;
    }
  }
  if (inexact > 0) {
    throw new InputError(
      `${inexact} of its ${count} ${type.name} values are not exactly float32 values, the first is ${first}: ` +
        `round them with .astype("float32") before np.save, as your framework does.`,
    );
  }
  return data;
}

function allocate(count: number): Float32Array<ArrayBuffer> {
  try {
    return new Float32Array(count);
  } catch {
    throw new InputError(`its ${count} values don't fit into memory: save a part of the array.`);
  }
}

async function readBytes(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(buffer, done, length - done, position + done);
    if (bytesRead === 0)
      throw new InputError("it became shorter while it was read: wait until it is written.");
    done += bytesRead;
  }
  return buffer;
}

function checkFinite(data: Float32Array, where: (i: number) => string): void {
  for (const [name, matches] of [
    ["NaN", Number.isNaN],
    ["infinite values", (x: number) => Math.abs(x) === Number.POSITIVE_INFINITY],
  ] as const) {
    const first = data.findIndex(matches);
    if (first < 0) continue;
    const count = data.reduce((n, x) => n + Number(matches(x)), 0);
    throw new InputError(
      `it holds ${count} ${name}, the first at ${where(first)}: only finite numbers can be audited. ` +
        "Find out where the network made them, and save the array before that, or a slice without them.",
    );
  }
}
