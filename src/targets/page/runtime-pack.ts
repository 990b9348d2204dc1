import type { Packed, PageArray } from "./protocol.js";

/** Bytes that one call of String.fromCharCode takes; a multiple of 3, as base64 likes it. */
const PIECE = 0x6000;

/** How the page packs arrays; `pack.ts` is Node's side. */
export function pack(data: PageArray): Packed {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  let text = "";
  for (let i = 0; i < bytes.length; i += PIECE) {
    text += String.fromCharCode.apply(null, bytes.subarray(i, i + PIECE) as unknown as number[]);
  }
  return { type: data.constructor.name as Packed["type"], base64: btoa(text) };
}

export function unpack<A extends PageArray>({ type, base64 }: Packed): A {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return new { Float32Array, Int32Array, Uint8Array }[type](bytes.buffer) as A;
}
