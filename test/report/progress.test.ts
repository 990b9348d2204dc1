import { expect, test } from "vitest";
import { Progress } from "../../src/report/progress.js";

/** A stream that remembers, and a clock that is set by hand. */
function fake(isTTY: boolean, term = "xterm") {
  const written: string[] = [];
  let time = 0;
  const stream = { isTTY, columns: 40, write: (text: string) => written.push(text) };
  const progress = new Progress(stream, () => time, term);
  const at = (ms: number, done: number) => {
    time = ms;
    progress.update({ loss: "softplus", implementation: "naive", target: "cpu", done });
  };
  return { written, at, progress };
}

const CLEAR = "\r\u001b[K";

test("on a terminal one line is rewritten, ten times a second at most", () => {
  const { written, at } = fake(true);
  at(50, 0.001);
  at(150, 0.002);
  at(200, 0.003);
  at(260, 0.004);
  expect(written).toEqual([`${CLEAR}  0 %  softplus naive on cpu`, `${CLEAR}  0 %  softplus naive on cpu`]);
});

test("the time left follows from the mean speed", () => {
  const { written, at } = fake(true);
  at(30_000, 0.25);
  expect(written).toEqual([`${CLEAR} 25 %, 1:30 left  softplus naive on cpu`]);
});

test("the line never wraps, and can be taken away once", () => {
  const { written, at, progress } = fake(true);
  at(4_000_000, 0.011);
  expect(written[0].length - CLEAR.length).toBeLessThan(40);
  progress.clear();
  progress.clear();
  expect(written.slice(1)).toEqual([CLEAR]);
});

test.each([
  ["a log", fake(false)],
  ["a terminal that can't rewrite", fake(true, "dumb")],
])("in %s there is nothing for ten seconds, then a line every ten", (_, { written, at, progress }) => {
  at(9_000, 0.1);
  at(11_000, 0.2);
  at(15_000, 0.3);
  at(22_000, 0.5);
  progress.clear();
  expect(written).toEqual([
    " 20 %, 0:44 left  softplus naive on cpu\n",
    " 50 %, 0:22 left  softplus naive on cpu\n",
  ]);
});
