import type { Packed, PageArray } from "./protocol.js";

/** How Node packs arrays for a page; `runtime-pack.ts` is the page's side. */
export function pack(data: PageArray): Packed {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return { type: data.constructor.name as Packed["type"], base64: bytes.toString("base64") };
}

export function unpack<A extends PageArray>({ type, base64 }: Packed): A {
  const bytes = Buffer.from(base64, "base64");
  // A copy, for Node's buffers lie anywhere in a pool, and floats need a multiple of 4.
  const { buffer } = new Uint8Array(bytes);
  return new { Float32Array, Int32Array, Uint8Array }[type](buffer) as A;
}
