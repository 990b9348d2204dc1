import type { GateFinding } from "../gate/report.js";

/** Whether what the search has found is what a sweep shows already: of the same quantity, by the same kernel and line. */
export function repeatsOf(swept: readonly GateFinding[]): (searched: GateFinding) => boolean {
  const shown = new Set(swept.map(defectOf));
  return (searched) => shown.has(defectOf(searched));
}

function defectOf({ loss, implementation, target, quantity, kind, kernel, line }: GateFinding): string {
  return JSON.stringify([loss, implementation, target, quantity, kind, kernel, line?.file, line?.line]);
}
