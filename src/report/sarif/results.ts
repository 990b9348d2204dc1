import { createHash } from "node:crypto";
import type { GateFinding } from "../../gate/report.js";
import type { AnyReport } from "../any-report.js";
import { regionOf, titleOf, worstOf } from "../finding-words.js";
import { printable } from "../printable.js";
import { inRepository } from "../source-root.js";
import { message } from "./message.js";
import { kinds } from "./rules.js";

/** Names of 10,000 letters are no names. */
const LONGEST_NAME = 500;

/** A finding as a result of SARIF; `root` is the project's folder in its repository. */
export function resultOf(finding: GateFinding, command: AnyReport["command"], root: string) {
  const { id, kind, severity, cure, replay, region, worst, kernel, target, ignored } = finding;
  return {
    ruleId: kind,
    ruleIndex: kinds.indexOf(kind),
    level: severity,
    message: message(
      `${titleOf(finding)}. ${finding.message}`,
      `Fails at x = ${regionOf(finding)}. ${worstOf(finding)}.`,
      ...(cure === undefined ? [] : [`Instead: ${cure}.`]),
      ...(replay === "" ? [] : [`Replay: ${replay}`]),
    ),
    locations: [locationOf(finding, root)],
    // Not GitHub's own fingerprint, which its action makes of the text of the line.
    partialFingerprints: { "findingId/v1": createHash("sha256").update(id).digest("hex") },
    ...(command === "gate" && { baselineState: baselineState(finding) }),
    ...(ignored && { suppressions: [suppressionOf(ignored)] }),
    properties: {
      id: name(id),
      target: name(target),
      ...(kernel !== undefined && { kernel: name(kernel) }),
      region: { ...region, label: typeof region.label === "string" ? name(region.label) : region.label },
      worst,
      replay: printable(replay),
    },
  };
}

/** GitHub takes no result without a place: where no line is known, it is the name of the loss. */
function locationOf({ line, loss, implementation }: GateFinding, root: string) {
  const file = line ? inRepository(line.file, root) : loss;
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(name(file)), uriBaseId: "%SRCROOT%" },
      region: { startLine: Math.max(1, line?.line ?? 1) },
    },
    logicalLocations: [
      {
        name: name(implementation),
        fullyQualifiedName: `${name(loss)}#${name(implementation)}`,
        kind: "function",
      },
    ],
  };
}

/** A relative reference, percent-encoded. Dots alone would be folders. */
function uriOf(path: string): string {
  const segments = path.split("/").filter((segment) => !/^\.{0,2}$/.test(segment));
  return segments.map(encodeURIComponent).join("/") || "unknown";
}

function baselineState({ change, improvement }: GateFinding): "new" | "unchanged" | "updated" {
  if (change?.kind === "new") return "new";
  return change || improvement ? "updated" : "unchanged";
}

function suppressionOf({ reason, expires }: NonNullable<GateFinding["ignored"]>) {
  const until = expires === undefined ? "" : ` (until ${expires})`;
  return { kind: "external", status: "accepted", justification: printable(`${reason}${until}`) };
}

function name(text: string): string {
  return printable(text, LONGEST_NAME) || "unknown";
}
