import type { Terminal } from "../cli/colour.js";
import type { AuditError } from "./report.js";
import { wrap } from "./text.js";

/** What could not be audited, and why. */
export function errorsText(errors: readonly AuditError[], { columns, colour }: Terminal): string {
  return errors
    .map(({ loss, implementation, target, message }) => {
      const where = target && (loss === undefined ? target : `on ${target}`);
      const name = implementation === loss ? undefined : implementation;
      const subject = [loss, name, where].filter(Boolean).join(" ");
      const text = wrap([subject, message].filter(Boolean).join(": "), columns, "not audited  ", "  ");
      return `${text.replace("not audited", (words) => colour.red(words))}\n`;
    })
    .join("");
}
