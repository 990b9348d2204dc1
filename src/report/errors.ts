import type { Terminal } from "../cli/colour.js";
import type { AuditError } from "./report.js";
import { wrap } from "./text.js";

/** What an error is about: `my-loss naive on cpu`, or the target alone. */
export function subjectOf({ loss, implementation, target }: Omit<AuditError, "message">): string {
  const where = target && (loss === undefined ? target : `on ${target}`);
  return [loss, implementation, where].filter(Boolean).join(" ");
}

/** What could not be audited, and why. */
export function errorsText(errors: readonly AuditError[], { columns, colour }: Terminal): string {
  return errors
    .map(({ loss, implementation, target, message }) => {
      const name = implementation === loss ? undefined : implementation;
      const subject = subjectOf({ loss, implementation: name, target });
      const text = wrap([subject, message].filter(Boolean).join(": "), columns, "not audited  ", "  ");
      return `${text.replace("not audited", (words) => colour.red(words))}\n`;
    })
    .join("");
}
