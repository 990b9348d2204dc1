import type { Terminal } from "../cli/colour.js";
import type { OpResult, OpsReport } from "../ops/report.js";
import { errorsText } from "./errors.js";
import { specialPlaces, worstPlaces } from "./ops-places.js";
import { opsTables } from "./ops-table.js";
import { label } from "./ops-words.js";
import { devicesText, softwareText } from "./summary.js";
import { count, wrap } from "./text.js";

/** The tables, where the worst errors are, what special values differ, and what all of it ran on. `all`: nothing is cut short. */
export function opsText(report: OpsReport, terminal: Terminal, { all }: { all: boolean }): string {
  const { columns, colour } = terminal;
  const { ops, targets } = report;
  const dim = (text: string) => colour.dim(wrap(text, columns));
  const sections = [
    ...opsTables(
      ops,
      targets.map(({ name }) => name),
      terminal,
    ),
    ...(ops.length > 0
      ? [`${[LEGEND, formsText(ops), ...targetLines(report)].filter(Boolean).map(dim).join("\n")}\n`]
      : []),
    worstPlaces(ops, all, terminal),
    specialPlaces(ops, all, terminal),
    throwsText(ops, terminal),
    errorsText(
      report.errors.map(({ op, ...rest }) => ({ ...(op && { loss: op }), ...rest })),
      terminal,
    ),
    colour.bold(wrap(summary(report), columns)),
  ];
  return `${sections.filter(Boolean).join("\n")}\n`;
}

const LEGEND =
  "The worst error over all exponents of both signs, in units in the last place of float32 (ulps): 0.5 is correctly " +
  "rounded. inf: an infinity for a number; NaN: NaN for a number. The gradient is that by x; c stands for several numbers.";

/** What stands for the ops whose arguments the table leaves out. */
function formsText(ops: readonly OpResult[]): string {
  const forms = new Set(
    ops.filter((one) => label(one) !== one.form && one.form !== `${one.op}(x)`).map(({ form }) => form),
  );
  return forms.size === 0 ? "" : `Measured as ${[...forms].join(", ")}.`;
}

function targetLines({ targets }: OpsReport): string[] {
  const flushing = targets.filter(({ subnormals }) => subnormals === "flushed").map(({ name }) => name);
  return [
    devicesText(targets),
    flushing.length === 0
      ? ""
      : `On ${flushing.join(", ")} numbers below 1.2e-38 become 0, which is not counted.`,
    softwareText(targets),
  ];
}

function throwsText(ops: readonly OpResult[], { columns }: Terminal): string {
  const messages = new Map<string, Set<string>>();
  for (const { quantity, throws, ...result } of ops) {
    if (throws === undefined) continue;
    const text = `${label(result)} ${quantity} throws: ${throws}`;
    messages.set(text, (messages.get(text) ?? new Set()).add(result.target));
  }
  const lines = [...messages].map(([text, targets]) =>
    wrap(text, columns, `${[...targets].join(", ")}: `, "    "),
  );
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

function summary({ ops, targets, errors, interrupted }: OpsReport): string {
  const points = ops.reduce((sum, { points }) => sum + points, 0);
  const unresolved = ops.reduce((sum, { unresolved }) => sum + unresolved, 0);
  const forms = new Set(ops.map(({ op }) => op)).size;
  const failures = errors.length === 0 ? "" : `; ${count(errors.length, "error")}`;
  return (
    (interrupted ? "Interrupted: this is what was done. " : "") +
    `${count(forms, "op")} on ${count(targets.length, "target")}, ${count(points, "number")} held against the exact one; ` +
    `${unresolved.toLocaleString("en-US")} unresolved${failures}.`
  );
}
