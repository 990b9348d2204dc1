import type { GateFinding } from "../gate/report.js";

/** Whether what the search has found is what a sweep shows already: of the same quantity, by the same kernel and line. */
export function repeats(searched: GateFinding, swept: readonly GateFinding[]): boolean {
  const defect = defectOf(searched);
  return swept.some((finding) => defectOf(finding) === defect);
}

function defectOf({ loss, implementation, target, quantity, kind, kernel, line }: GateFinding): string {
  return JSON.stringify([loss, implementation, target, quantity, kind, kernel, line?.file, line?.line]);
}
