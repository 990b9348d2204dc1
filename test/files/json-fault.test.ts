import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonFault } from "../../src/files/json-fault.js";
import { Random } from "../../src/inputs/random.js";

const valid = '{"a": [1, -2.5e+10, {"b\\n\\u00e9": "x\\"y"}],\n  "c": {}, "d": [ ], "e": true, "f": null}\n';

describe("jsonFault", () => {
  it.each([
    ['{"a": 1 "b": 2}', '"b"'],
    ['{"a": }', "}"],
    ["[1, 2,]", "]"],
    ["[1, 2}", "}"],
    ['{"a" 1}', "1"],
    ["{a: 1}", "a"],
    ["[01]", "1]"],
    ["[TRUE]", "T"],
    ["[nan]", "nan"],
    ['["\t"]', "\t"],
    ['["\\x41"]', "\\x41"],
    ["hello", "hello"],
  ])("points at the token of %s that does not belong there", (text, fault) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(jsonFault(text)).toBe(text.indexOf(fault));
  });

  it.each(["", "{", "[1,", '{"a":', '{"a": "x', '{"a": 1}'.slice(0, -1), "[[[]]", "{} ".slice(0, 1)])(
    "points behind the end of %s, which ends too early",
    (text) => {
      expect(() => JSON.parse(text)).toThrow(SyntaxError);
      expect(jsonFault(text)).toBe(text.length);
    },
  );

  it("finds none in JSON", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(jsonFault(`${text} \n`)).toBe(text.length + 2);
      }),
      { numRuns: 1000 },
    );
  });

  it("is at no character that comes after the one at which JSON.parse stopped", () => {
    const random = new Random(1);
    const letters = `{}[],:"\\ \n019-+.eEtrufalsnT\u0001\u007f`;
    let told = 0;
    for (let i = 0; i < 20_000; i++) {
      const at = random.integer(0, valid.length - 1);
      const letter = letters[random.integer(0, letters.length - 1)];
      const text = valid.slice(0, at) + letter + valid.slice(at + random.integer(0, 1));
      const position = positionOf(text);
      if (position === undefined) continue;
      told += 1;
      const fault = jsonFault(text);
      expect(fault, text).toBeLessThanOrEqual(position);
      // JSON.parse points into the middle of a token, which has no line break.
      expect(text.slice(fault, position), text).not.toContain("\n");
    }
    expect(told).toBeGreaterThan(1000);
  });

  it("reads long and deep texts without overflowing the stack", () => {
    expect(jsonFault(`"${"\\n".repeat(2_000_000)}`)).toBe(4_000_001);
    expect(jsonFault("[".repeat(2_000_000))).toBe(2_000_000);
  });
});

/** Where JSON.parse says that it stopped, if it does. */
function positionOf(text: string): number | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const position = /position (\d+)/.exec((error as Error).message);
    return position === null ? undefined : Number(position[1]);
  }
}
