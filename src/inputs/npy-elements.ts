import { InputError } from "./input-error.js";

/** How one element of an array lies in a file. */
export interface ElementType {
  name: string;
  bytes: number;
  littleEndian: boolean;
  read(view: DataView, offset: number, littleEndian: boolean): number | bigint;
}

type Reader = Omit<ElementType, "littleEndian">;

const readers: Record<string, Reader> = {
  f2: { name: "float16", bytes: 2, read: (v, i, little) => float16(v.getUint16(i, little)) },
  f4: { name: "float32", bytes: 4, read: (v, i, little) => v.getFloat32(i, little) },
  f8: { name: "float64", bytes: 8, read: (v, i, little) => v.getFloat64(i, little) },
  i1: { name: "int8", bytes: 1, read: (v, i) => v.getInt8(i) },
  i2: { name: "int16", bytes: 2, read: (v, i, little) => v.getInt16(i, little) },
  i4: { name: "int32", bytes: 4, read: (v, i, little) => v.getInt32(i, little) },
  i8: { name: "int64", bytes: 8, read: (v, i, little) => v.getBigInt64(i, little) },
  u1: { name: "uint8", bytes: 1, read: (v, i) => v.getUint8(i) },
  u2: { name: "uint16", bytes: 2, read: (v, i, little) => v.getUint16(i, little) },
  u4: { name: "uint32", bytes: 4, read: (v, i, little) => v.getUint32(i, little) },
  u8: { name: "uint64", bytes: 8, read: (v, i, little) => v.getBigUint64(i, little) },
  b1: { name: "bool", bytes: 1, read: (v, i) => Number(v.getUint8(i) !== 0) },
};

const refused: Record<string, string> = {
  c: "complex numbers",
  S: "strings",
  U: "strings",
  O: "Python objects",
  M: "dates",
  m: "time spans",
  V: "raw bytes, as bfloat16 and float8 arrays are saved",
  f16: "long double",
};

/** The element type of a numpy dtype such as `<f4`. */
export function elementType(descr: string): ElementType {
  const [, order, kind, size] = /^([<>|])([a-zA-Z])(.*)$/.exec(descr) ?? [];
  const reader = readers[`${kind}${size}`];
  if (!reader || (order === "|" && reader.bytes > 1)) {
    const what = refused[`${kind}${size}`] ?? refused[kind];
    throw new InputError(
      `its dtype is ${descr}${what ? ` (${what})` : ""}; float16, float32, float64, integers and bool can be audited: ` +
        `save it with .astype("float32").`,
    );
  }
  return { ...reader, littleEndian: order !== ">" };
}

/** The value of IEEE 754 binary16: 1 bit of sign, 5 of exponent (bias 15), 10 of significand. */
function float16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const significand = half & 0x3ff;
  if (exponent === 0x1f) return significand ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (exponent === 0) return sign * significand * 2 ** -24;
  return sign * (1024 + significand) * 2 ** (exponent - 25);
}
