import { expect, test } from "vitest";
import { askedOf } from "../../src/gate/restrict.js";

const project = ["./src/a.ts", "./src/b.ts#naive", "./src/b.ts#stable", "softplus"];

test("a loss is the same however its path is written", () => {
  for (const path of ["./src/a.ts", "src/a.ts", "src/../src/a.ts", `${process.cwd()}/src/a.ts`]) {
    expect(askedOf(project, [path])).toEqual([{ argument: "./src/a.ts" }]);
  }
});

test("of a part of a loss the whole is audited", () => {
  expect(askedOf(project, ["src/a.ts#naive", "softplus#naive"])).toEqual([
    { argument: "./src/a.ts", implementation: "naive" },
    { argument: "softplus", implementation: "naive" },
  ]);
});

test("a file asks for all of its parts that the project has, and no others", () => {
  expect(askedOf(project, ["src/b.ts"])).toEqual([
    { argument: "./src/b.ts#naive" },
    { argument: "./src/b.ts#stable" },
  ]);
  expect(askedOf(project, ["src/b.ts#stable"])).toEqual([{ argument: "./src/b.ts#stable" }]);
});

test("what the project does not have is refused, with what is meant", () => {
  expect(() => askedOf(project, ["./src/c.ts"])).toThrow(
    /^\.\/src\/c\.ts is not among the losses of the configuration\. Did you mean "\.\/src\/a\.ts"\? It has \.\/src\/a\.ts, /,
  );
  expect(() => askedOf(project, ["./src/b.ts#other"])).toThrow(/is not among the losses/);
});
