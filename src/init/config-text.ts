import type { FoundLoss } from "./find-losses.js";
import type { Project } from "./project.js";

/** The text of a first configuration. What it says is complete: `audit gate` runs with it. */
export function configText(losses: readonly FoundLoss[], project: Project): string {
  const { usesTypeScript, hasAudit, targets } = project;
  const start = hasAudit
    ? ['import { defineConfig } from "loss-audit";', "", "export default defineConfig({"]
    : [
        '// With loss-audit installed, `import { defineConfig } from "loss-audit"` checks the keys in the editor.',
        '/** @type {import("loss-audit").Config} */',
        "export default {",
      ];
  return [
    ...start,
    ...lossLines(losses, usesTypeScript),
    "",
    "  // Where you train. `audit doctor` says which targets work here.",
    `  targets: [${["cpu", ...targets].map((name) => JSON.stringify(name)).join(", ")}],`,
    "",
    "  // Beside the sweep, inputs that are searched for: so many for each loss, and with a seed the same ones each time.",
    "  fuzz: { runs: 2000, seed: 1 },",
    "",
    "  // `audit gate` fails for what is new, or worse than before, and at least this severe: error, warning, note or never.",
    '  "fail-on": "warning",',
    "",
    "  // Findings that are accepted, each with its reason:",
    '  // ignore: [{ loss: "focal", kind: "underflow", reason: "below 1e-30, clipped later", expires: "2030-12-31" }],',
    hasAudit ? "});" : "};",
    "",
  ].join("\n");
}

function lossLines(losses: readonly FoundLoss[], usesTypeScript: boolean): string[] {
  if (losses.length === 0) {
    return [
      "  // Functions (logits, labels) => Tensor. FILE#export is one of them; a FILE without # or a pattern, such as",
      '  // "src/losses/*.ts", takes all exports of a file as implementations of one loss and compares them.',
      `  losses: [${JSON.stringify(placeholder(usesTypeScript))}],`,
    ];
  }
  return [
    "  // FILE#export is one loss. A FILE without # takes all its exports as implementations of one loss and compares them.",
    "  losses: [",
    ...losses.flatMap(({ loss, from }) =>
      from === "logits"
        ? [`    ${JSON.stringify(loss)},`]
        : [
            "    // By its parameters it takes probabilities: the logits go through a sigmoid first.",
            `    { loss: ${JSON.stringify(loss)}, from: "probabilities" },`,
          ],
    ),
    "  ],",
  ];
}

/** A file that is not there, so that a gate says that it has to be named. */
function placeholder(usesTypeScript: boolean): string {
  return `./your-loss.${usesTypeScript ? "ts" : "js"}`;
}
