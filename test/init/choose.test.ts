import { expect, test } from "vitest";
import { chosen, isNo } from "../../src/init/choose.js";

test.each(["", "y", "Y", " yes ", "all"])("%j takes all", (answer) => {
  expect(chosen(answer, 3)).toEqual([0, 1, 2]);
  expect(chosen(answer, 0)).toEqual([]);
  expect(isNo(answer)).toBe(false);
});

test.each(["n", "No", " none "])("%j is a no", (answer) => {
  expect(isNo(answer)).toBe(true);
});

test.each([
  ["2", [1]],
  ["3,1", [0, 2]],
  ["1 2", [0, 1]],
  ["1, 1", [0]],
])("numbers take those: %j", (answer, numbers) => {
  expect(chosen(answer, 3)).toEqual(numbers);
});

test.each(["0", "4", "1,4", "1-2", "-1", "1.5", "maybe", ",", "1,"])("%j is asked again", (answer) => {
  expect(chosen(answer, 3)).toBe("Answer yes or no, or numbers from 1 to 3.");
  expect(chosen("7", 1)).toBe("Answer yes or no.");
  expect(chosen("1", 0)).toBe("Answer yes or no.");
});
