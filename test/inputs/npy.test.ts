import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bits } from "../../src/inputs/float32.js";
import { InputError } from "../../src/inputs/input-error.js";
import { readNpy } from "../../src/inputs/npy.js";
import { writeNpy } from "../../src/inputs/write-npy.js";

/** Made by scripts/npy-fixtures.py. */
const fixtures = fileURLToPath(new URL("../../fixtures/npy/", import.meta.url));
const fixture = (name: string) => join(fixtures, `${name}.npy`);
const expected: Record<string, { shape: number[]; bits: string[] }> = JSON.parse(
  await readFile(join(fixtures, "expected.json"), "utf8"),
);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "npy-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(content: Uint8Array): Promise<string> {
  const path = join(folder, "array.npy");
  await writeFile(path, content);
  return path;
}

/** A .npy file of format 1.0 with any header and data. */
function npy(header: string, data: Uint8Array): Buffer {
  const start = Buffer.from("\x93NUMPY\x01\x00\x00\x00", "latin1");
  start.writeUInt16LE(header.length, 8);
  return Buffer.concat([start, Buffer.from(header, "latin1"), data]);
}

/** The last element of a file, read by Node. */
const lastElement: Record<string, (file: Buffer) => number> = {
  "<f4": (file) => file.readFloatLE(file.length - 4),
  ">f4": (file) => file.readFloatBE(file.length - 4),
  "<f8": (file) => file.readDoubleLE(file.length - 8),
  ">f8": (file) => file.readDoubleBE(file.length - 8),
  "<i2": (file) => file.readInt16LE(file.length - 2),
  ">i2": (file) => file.readInt16BE(file.length - 2),
  "<u2": (file) => file.readUInt16LE(file.length - 2),
  ">u2": (file) => file.readUInt16BE(file.length - 2),
  "<i4": (file) => file.readInt32LE(file.length - 4),
  ">i4": (file) => file.readInt32BE(file.length - 4),
  "<u4": (file) => file.readUInt32LE(file.length - 4),
  ">u4": (file) => file.readUInt32BE(file.length - 4),
  "<i8": (file) => Number(file.readBigInt64LE(file.length - 8)),
  ">i8": (file) => Number(file.readBigInt64BE(file.length - 8)),
  "<u8": (file) => Number(file.readBigUInt64LE(file.length - 8)),
  ">u8": (file) => Number(file.readBigUInt64BE(file.length - 8)),
};
for (const order of ["<", ">", "|"]) {
  lastElement[`${order}i1`] = (file) => file.readInt8(file.length - 1);
  lastElement[`${order}u1`] = (file) => file.readUInt8(file.length - 1);
  lastElement[`${order}b1`] = (file) => Number(file[file.length - 1] !== 0);
}

async function refusal(path: string): Promise<string> {
  const error = await readNpy(path).catch((reason) => reason);
  expect(error).toBeInstanceOf(InputError);
  expect(error.message).toContain(path);
  return error.message;
}

describe("readNpy", () => {
  it.each(Object.keys(expected))("reads %s as numpy does", async (name) => {
    const { shape, data } = await readNpy(fixture(name));
    expect(shape).toEqual(expected[name].shape);
    expect([...data].map(bits)).toEqual(expected[name].bits);
  });

  const refused: Record<string, RegExp> = {
    "float64-inexact": /3 of its 4 float64 values .* the first is 17.4 at \[0, 1\].*\.astype\("float32"\)/,
    "float64-inexact-fortran": /1 of its 6 float64 values .* the first is 0.1 at \[0, 2\]/,
    "integer-inexact": /1 of its 3 int32 values .* 16777217 at \[1\]/,
    "integer-i8-inexact": /1 of its 2 int64 values .* 4611686018427387905 at \[1\]/,
    nan: /2 NaN, the first at \[0, 1\]/,
    infinity: /1 infinite values, the first at \[2\]/,
    complex: /dtype is <c8 \(complex numbers\)/,
    structured: /records of several fields/,
    object: /dtype is \|O \(Python objects\)/,
    unicode: /dtype is <U4 \(strings\)/,
    bytes: /dtype is \|S4 \(strings\)/,
    date: /dtype is <M8\[D\] \(dates\)/,
    void: /dtype is \|V2 \(raw bytes, as bfloat16/,
    "long-double": /dtype is <f16 \(long double\)/,
    empty: /shape \[0, 3\], so it holds no number/,
  };

  it.each(Object.entries(refused))("refuses %s and says why", async (name, reason) => {
    expect(await refusal(fixture(`refused-${name}`))).toMatch(reason);
  });

  it("has a reason for every file that must be refused", async () => {
    const names = (await readdir(fixtures)).filter((name) => name.startsWith("refused-"));
    expect(names.sort()).toEqual(
      Object.keys(refused)
        .map((name) => `refused-${name}.npy`)
        .sort(),
    );
  });

  it("refuses a file that ends too early, wherever it is cut", async () => {
    const whole = await readFile(fixture("float32"));
    for (let length = 0; length < whole.length; length++) {
      const reason = await refusal(await fileOf(whole.subarray(0, length)));
      expect(reason, `${length} bytes`).toMatch(length < 12 ? /no \.npy file/ : /truncated/);
    }
  });

  it("refuses data after the array", async () => {
    const whole = await readFile(fixture("float32"));
    expect(await refusal(await fileOf(Buffer.concat([whole, whole])))).toMatch(
      /too long: .* takes 96 bytes, 320 follow/,
    );
  });

  it.each([
    ["", /descr is not a dtype/],
    ["{}", /descr is not a dtype/],
    ["{'descr': '<f4', 'fortran_order': False}", /shape is not a tuple/],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (-1, 2)}", /shape is not a tuple of non-negative/],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (1.0,)}", /shape is not a tuple/],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (,)}", /shape is not a tuple/],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1}", /shape is not a tuple/],
    ["{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}", /fortran_order is not True or False/],
    ["{'descr': 4, 'fortran_order': False, 'shape': (1,)}", /descr is not a dtype/],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}", /there is more in it/],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x", /there is more in it/],
    ["{'descr': '<f4<f4', 'fortran_order': False, 'shape': (1,)}", /dtype is <f4<f4/],
    ["{'descr': 'f4', 'fortran_order': False, 'shape': (1,)}", /dtype is f4/],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)}", /truncated/],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (9007199254740991, 0)}", /holds no number/],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}", /beyond any file/],
  ])("refuses the header %s", async (header, reason) => {
    expect(await refusal(await fileOf(npy(header, Buffer.alloc(4))))).toMatch(reason);
  });

  it("refuses a header of a length that numpy never writes", async () => {
    expect(await refusal(await fileOf(npy(" ".repeat(20_000), Buffer.alloc(4))))).toMatch(/of 20000 bytes/);
  });

  it("reads the header that Python 2 wrote", async () => {
    const header = '{"shape": (2L, 1L), "fortran_order": False, "descr": "<f4"}\n';
    const path = await fileOf(npy(header, new Uint8Array(new Float32Array([1.5, -2]).buffer)));
    expect(await readNpy(path)).toEqual({ shape: [2, 1], data: Float32Array.of(1.5, -2) });
  });

  it("refuses a version that it does not know, and an archive", async () => {
    const whole = await readFile(fixture("float32"));
    whole[6] = 4;
    expect(await refusal(await fileOf(whole))).toMatch(/version 4.0/);
    expect(await refusal(await fileOf(Buffer.from("PK\x03\x04 and the rest of it", "latin1")))).toMatch(
      /\.npz/,
    );
  });

  it("refuses what is missing, a folder or no regular file", async () => {
    expect(await refusal(join(folder, "missing.npy"))).toMatch(/no such file/);
    expect(await refusal(join(await fileOf(Buffer.alloc(1)), "inside.npy"))).toMatch(/a part of its path/);
    await mkdir(join(folder, "folder.npy"));
    expect(await refusal(join(folder, "folder.npy"))).toMatch(/a folder/);
    expect(await refusal("/dev/null")).toMatch(/no regular file/);
  });

  it("reads an array of several blocks", async () => {
    const data = Float32Array.from({ length: 2 ** 20 + 17 }, (_, i) => i % 1000);
    await writeNpy(join(folder, "large.npy"), [data.length], data);
    const read = (await readNpy(join(folder, "large.npy"))).data;
    expect(Buffer.from(read.buffer).equals(Buffer.from(data.buffer))).toBe(true);
  });

  it("gives the right array or an InputError for any corrupted file", async () => {
    const names = Object.keys(expected);
    const sources = await Promise.all(names.map((name) => readFile(fixture(name))));
    const mutation = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      byte: fc.nat(255),
      insert: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(names.length - 1),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        async (which, mutations) => {
          let content = sources[which];
          for (const { at, byte, insert } of mutations) {
            const i = Math.floor(at * content.length);
            content = Buffer.concat([
              content.subarray(0, i),
              Buffer.of(byte),
              content.subarray(insert ? i : i + 1),
            ]);
          }
          const result = await readNpy(await fileOf(content)).catch((error) => error);
          if (result instanceof InputError) return;
          expect(result.data.every(Number.isFinite)).toBe(true);
          // The shape is the header's, and the data is all of it up to the end of the file,
          // where the last element lies in either order.
          const text = content.toString("latin1");
          const tuple = /shape['"]\s*:\s*\(([^)]*)\)/.exec(text)![1];
          expect(result.shape).toEqual((tuple.match(/\d+/g) ?? []).map(Number));
          expect(result.data.length).toBe(result.shape.reduce((n: number, m: number) => n * m, 1));
          const descr = /descr['"]\s*:\s*['"]([^'"]*)/.exec(text)![1];
          if (descr.endsWith("f2")) return;
          expect(result.data.at(-1)).toBe(lastElement[descr](content));
        },
      ),
      { numRuns: 1500 },
    );
  });
});

describe("writeNpy", () => {
  it("writes what numpy writes, byte for byte", async () => {
    for (const name of ["float32", "float32-map", "float32-vector", "float32-scalar"]) {
      const { shape, data } = await readNpy(fixture(name));
      await writeNpy(join(folder, "copy.npy"), shape, data);
      expect(await readFile(join(folder, "copy.npy")), name).toEqual(await readFile(fixture(name)));
    }
  });

  it("writes what readNpy reads", async () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 5 });
    const arrays = shapes.chain((shape) => {
      const count = shape.reduce((n, m) => n * m, 1);
      const floats = fc.float({ noNaN: true, noDefaultInfinity: true });
      return fc.tuple(fc.constant(shape), fc.array(floats, { minLength: count, maxLength: count }));
    });
    await fc.assert(
      fc.asyncProperty(arrays, async ([shape, values]) => {
        const path = join(folder, "round-trip.npy");
        await writeNpy(path, shape, Float32Array.from(values));
        const { shape: read, data } = await readNpy(path);
        expect(read).toEqual(shape);
        expect([...data]).toEqual(values);
      }),
      { numRuns: 100 },
    );
  });

  it("leaves nothing behind when it can't write", async () => {
    const path = join(folder, "taken");
    await mkdir(join(path, "by a folder"), { recursive: true });
    await expect(writeNpy(path, [1], Float32Array.of(1))).rejects.toThrow();
    expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("refuses data that the shape does not hold", async () => {
    await expect(writeNpy(join(folder, "x.npy"), [2, 2], new Float32Array(3))).rejects.toThrow(
      /4 elements, the data 3/,
    );
  });
});
