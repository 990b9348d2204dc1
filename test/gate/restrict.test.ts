import { expect, test } from "vitest";
import { restricted } from "../../src/gate/restrict.js";

const project = ["./src/a.ts", "./src/b.ts#naive", "./src/b.ts#stable", "softplus"];
const pick = (...asked: string[]) => {
  const { losses, only, wholeOf } = restricted(project, asked);
  return { losses, only, wholeOf: Object.fromEntries(wholeOf) };
};

test("without a wish all losses are asked for", () => {
  expect(pick()).toEqual({ losses: project, only: project, wholeOf: {} });
});

test("a loss is the same however its path is written", () => {
  for (const path of ["./src/a.ts", "src/a.ts", "src/../src/a.ts", `${process.cwd()}/src/a.ts`]) {
    expect(pick(path)).toEqual({ losses: project, only: ["./src/a.ts"], wholeOf: {} });
  }
});

test("a part of a loss stands in its place among all of the project", () => {
  expect(pick("src/a.ts#naive", "softplus#naive")).toEqual({
    losses: ["./src/a.ts#naive", "./src/b.ts#naive", "./src/b.ts#stable", "softplus#naive"],
    only: ["./src/a.ts#naive", "softplus#naive"],
    wholeOf: { "./src/a.ts#naive": "./src/a.ts", "softplus#naive": "softplus" },
  });
});

test("a file asks for all of its parts that the project has, and no others", () => {
  expect(pick("src/b.ts").only).toEqual(["./src/b.ts#naive", "./src/b.ts#stable"]);
  expect(pick("src/b.ts#stable").only).toEqual(["./src/b.ts#stable"]);
});

test("what the project does not have is refused, with what is meant", () => {
  expect(() => pick("./src/c.ts")).toThrow(
    /^\.\/src\/c\.ts is not among the losses of the configuration\. Did you mean "\.\/src\/a\.ts"\? It has \.\/src\/a\.ts, /,
  );
  expect(() => pick("./src/b.ts#other")).toThrow(/is not among the losses/);
});
