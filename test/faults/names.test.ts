import { describe, expect, test } from "vitest";
import type { AnyReport } from "../../src/report/any-report.js";
import { annotations } from "../../src/report/github/annotations.js";
import { render } from "../../src/report/render.js";
import { formats } from "../../src/report/report-request.js";
import { reports } from "../report/reports.js";
import { NOT_SHOWN } from "./refusal.js";

/** Clears a terminal, rings, colours and turns round what follows. */
const EVIL = "\u001b[2J\u0007\u009b31m\u202e\u0000\u2028";
/** Texts that come from a user's code and files: names of files, exports and packages, what was thrown, what was typed. */
const USERS = new Set(
  "loss implementation id message reason cure file replay device backend label since ignored warnings unchanged removed differences everything inputs".split(
    " ",
  ),
);

/** A report with that in every text of a user's. */
function evil<T>(value: T, isUsers = false): T {
  if (typeof value === "string") return (isUsers ? `${value}${EVIL}` : value) as T;
  if (Array.isArray(value)) return value.map((item) => evil(item, isUsers)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, evil(inner, USERS.has(key))]);
  return Object.fromEntries(entries) as T;
}

describe.each(reports)("%# a report with what no terminal should get in every name", (report) => {
  test.each(formats)("shows all of it as %s", async (format) => {
    const text = await render(format, evil(report as AnyReport));
    expect(text).not.toMatch(NOT_SHOWN);
    expect(text).toContain(format === "json" ? "u001b[2J" : "x1b");
  });

  test("shows all of it in the annotations", () => {
    expect(annotations(evil(report as AnyReport), "")).not.toMatch(NOT_SHOWN);
  });
});
