import type { GateFinding } from "../../gate/report.js";
import type { AnyReport } from "../any-report.js";
import { placeOf, regionOf, worstOf } from "../finding-words.js";
import { phrase } from "../findings.js";
import { printable } from "../printable.js";
import { isCommand } from "../text.js";
import { foundText } from "../verdict.js";
import { type Case, casesOf } from "./cases.js";
import { type Element, xmlText } from "./xml.js";

const LONGEST_NAME = 500;
const LONGEST = 4000;

/**
 * JUnit's XML, as Jenkins, GitLab and others read it: a suite for each loss, a
 * test for each implementation on each target. A test fails by what fails the
 * gate; of a sweep or a search by errors (and by what `--fail-on` is for). It is in
 * error where it could not be audited, and skipped where all that it has is ignored.
 */
export function junitReport(report: AnyReport): string {
  const cases = casesOf(report);
  const suites = [...new Set(cases.map(({ suite }) => suite))].map((name) => ({
    name,
    cases: cases.filter(({ suite }) => suite === name),
  }));
  const { skipped, ...counts } = countsOf(cases);
  return xmlText({
    name: "testsuites",
    attributes: { name: `audit ${report.command}`, ...counts },
    children: suites.map((suite) => suiteElement(suite.name, suite.cases, report)),
  });
}

/** A test that failed and was in error counts as in error, as JUnit does it. */
function outcomeOf({ errors, failing, ignored, others }: Case): "errors" | "failures" | "skipped" | "passed" {
  if (errors.length > 0) return "errors";
  if (failing.length > 0) return "failures";
  return ignored.length > 0 && others.length === 0 ? "skipped" : "passed";
}

function countsOf(cases: readonly Case[]) {
  const of = (outcome: string) => cases.filter((one) => outcomeOf(one) === outcome).length;
  return { tests: cases.length, failures: of("failures"), errors: of("errors"), skipped: of("skipped") };
}

function suiteElement(name: string, cases: readonly Case[], { version, seed }: AnyReport): Element {
  const property = (key: string, value: string | number): Element => ({
    name: "property",
    attributes: { name: key, value },
    children: [],
  });
  return {
    name: "testsuite",
    attributes: { name: printable(name, LONGEST_NAME), ...countsOf(cases) },
    children: [
      {
        name: "properties",
        attributes: {},
        children: [property("loss-audit", version), property("seed", seed)],
      },
      ...cases.map(caseElement),
    ],
  };
}

function caseElement(one: Case): Element {
  const { suite, name, errors, failing, ignored, others } = one;
  const outcome = outcomeOf(one);
  const of = (element: string, message: string, text: string): Element => ({
    name: element,
    attributes: {
      message: printable(message, LONGEST),
      type: element === "error" ? "not audited" : typeOf(one),
    },
    children: [text],
  });
  const children: Element[] = [];
  if (outcome === "errors") children.push(of("error", errors[0], errors.map(shortened).join("\n\n")));
  if (outcome === "failures" || (outcome === "errors" && failing.length > 0)) {
    children.push(of("failure", headline(failing), failing.map(findingText).join("\n\n")));
  }
  if (outcome === "skipped") {
    children.push(
      of("skipped", `ignored: ${ignored[0].ignored?.reason}`, ignored.map(ignoredText).join("\n\n")),
    );
  }
  const rest = outcome === "skipped" ? [] : [...others.map(findingText), ...ignored.map(ignoredText)];
  if (rest.length > 0) children.push({ name: "system-out", attributes: {}, children: [rest.join("\n\n")] });
  return {
    name: "testcase",
    attributes: { name: printable(name, LONGEST_NAME), classname: printable(suite, LONGEST_NAME) },
    children,
  };
}

/** The kind of the first finding. */
function typeOf({ failing, ignored }: Case): string {
  return (failing[0] ?? ignored[0]).kind;
}

/** `the value overflows (2 errors and 1 warning)`. */
function headline(findings: readonly GateFinding[]): string {
  return `${phrase(findings[0])} (${foundText(findings)})`;
}

function findingText(finding: GateFinding): string {
  const { severity, change, message, cure, replay } = finding;
  const place = placeOf(finding);
  return [
    `${severity}${change ? `, ${change.kind}` : ""}: ${phrase(finding)} at x = ${regionOf(finding)}`,
    message,
    worstOf(finding),
    ...(cure === undefined ? [] : [`Instead: ${cure}.`]),
    ...(place === undefined ? [] : [`Line: ${place}`]),
    ...(replay === "" ? [] : [isCommand(replay) ? `$ ${replay}` : replay]),
  ]
    .map(shortened)
    .join("\n");
}

function ignoredText(finding: GateFinding): string {
  return `Ignored: ${shortened(finding.ignored?.reason ?? "")}\n${findingText(finding)}`;
}

function shortened(text: string): string {
  return printable(text, LONGEST);
}
