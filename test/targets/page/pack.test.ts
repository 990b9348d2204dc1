import { expect, test } from "vitest";
import * as node from "../../../src/targets/page/pack.js";
import type { PageArray } from "../../../src/targets/page/protocol.js";
import * as page from "../../../src/targets/page/runtime-pack.js";

/** Quiet and signalling NaNs with payloads, -0, subnormals, infinities. */
const SPECIAL = [0x7fc00001, 0xffc12345, 0x7f800001, 0x80000000, 1, 0x807fffff, 0xff800000, 0x7f800000];

function bits(data: PageArray): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

// A view into a larger buffer, and more bytes than one piece of text holds.
const many = new Uint32Array(100_003).map((_, i) => SPECIAL[i] ?? Math.imul(i, 0x9e3779b1));
const arrays: [string, PageArray][] = [
  ["floats", new Float32Array(many.buffer).subarray(0, 70_001)],
  ["a view of floats", new Float32Array(many.buffer, 4, 5)],
  ["integers", new Int32Array(many.buffer, 400, 7)],
  ["bytes", new Uint8Array(many.buffer, 3, 5)],
  ["nothing", new Float32Array(0)],
];

test.each(arrays)("%s go to a page and back, bit for bit", (_, data) => {
  for (const [from, to] of [
    [node, page],
    [page, node],
  ]) {
    const arrived = to.unpack(from.pack(data));
    expect(arrived.constructor).toBe(data.constructor);
    expect(bits(arrived)).toEqual(bits(data));
  }
});
