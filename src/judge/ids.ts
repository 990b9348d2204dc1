import type { Finding } from "./finding.js";

/**
 * Gives findings their ids: made of names and of the side of 0 on which the
 * region lies, so that they are the same from run to run and from machine to
 * machine; a second region of the same name is numbered.
 */
export function withIds(findings: Omit<Finding, "id">[]): Finding[] {
  const taken = new Map<string, number>();
  return findings.map((finding) => {
    const name = [
      finding.loss,
      finding.implementation,
      finding.target,
      finding.quantity,
      finding.kind,
      String(finding.region.label).replaceAll(" ", "-"),
      sideOf(finding),
    ].join("/");
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return { id: count === 1 ? name : `${name}-${count}`, ...finding };
  });
}

function sideOf({ region }: Omit<Finding, "id">): string {
  const [from, to] = [Number(region.from.value), Number(region.to.value)];
  if (from > 0) return "above";
  return to < 0 ? "below" : "around-0";
}
