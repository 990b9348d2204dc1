import { describe, expect, test } from "vitest";
import { reportRequests } from "../../src/report/report-request.js";

const requests = (...values: string[]) => reportRequests(values, { json: false });

describe("--report", () => {
  test("prints pretty on stdout where no other format goes there", () => {
    expect(requests()).toEqual([{ format: "pretty" }]);
    expect(requests("sarif=a.sarif", "github")).toEqual([
      { format: "pretty" },
      { format: "sarif", file: "a.sarif" },
      { format: "github" },
    ]);
    expect(requests("json")).toEqual([{ format: "json" }]);
    expect(requests("pretty=a.txt")).toEqual([{ format: "pretty" }, { format: "pretty", file: "a.txt" }]);
  });

  test("takes --json for json on stdout, once", () => {
    const json = (...values: string[]) => reportRequests(values, { json: true });
    expect(json()).toEqual([{ format: "json" }]);
    expect(json("json")).toEqual([{ format: "json" }]);
    expect(json("json=a.json")).toEqual([{ format: "json" }, { format: "json", file: "a.json" }]);
    expect(() => json("markdown")).toThrow("json and markdown can't both go to stdout");
  });

  test("takes a list of formats without files, and all of what follows = for a file", () => {
    expect(requests("json, github")).toEqual([{ format: "json" }, { format: "github" }]);
    expect(requests("junit=a,b=c.xml")).toEqual([
      { format: "pretty" },
      { format: "junit", file: "a,b=c.xml" },
    ]);
  });

  test.each([
    [
      ["sarfi"],
      '--report does not know "sarfi". Did you mean "sarif"? It knows pretty, json, markdown, sarif,',
    ],
    [["md=a.md"], '--report does not know "md". It knows pretty'],
    [["json,"], '--report does not know "".'],
    [["JSON"], 'Did you mean "json"?'],
    [["json="], "--report json= names no file. Write --report json=FILE, or --report json for stdout."],
    [
      ["json", "html"],
      "--report: json and html can't both go to stdout. Give one of them a file, as --report html=FILE.",
    ],
    [
      ["json=a", "sarif=./a"],
      "--report: json and sarif can't both go into ./a. Give each a file of its own.",
    ],
  ])("%j is refused: %s", (values, message) => {
    expect(() => requests(...values)).toThrow(message);
  });

  test("given twice alike is one", () => {
    expect(requests("junit=a.xml", "junit=a.xml")).toHaveLength(2);
  });
});
