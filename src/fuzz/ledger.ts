import type { FuzzState } from "./context.js";
import type { FuzzFinding } from "./report.js";

/** What makes two findings one; the line counts where it is that of a kernel. */
export type Defect = Pick<FuzzFinding, "implementation" | "quantity" | "kind" | "kernel" | "line">;

/** What all searches of a loss on a target have found together. */
export class Ledger {
  readonly state: FuzzState = { runs: 0, points: 0, findings: 0, worst: 0 };
  /** Errors and warnings that the search has found, without those that were known from the corpus. */
  found = 0;
  readonly #defects = new Set<string>();
  readonly #ids = new Set<string>();

  has(defect: Defect): boolean {
    return this.#defects.has(keyOf(defect));
  }

  /** One for each implementation, quantity, kind and first bad kernel: true the first time. */
  isNew(defect: Defect): boolean {
    const isNew = !this.has(defect);
    this.#defects.add(keyOf(defect));
    return isNew;
  }

  /** An id that no other finding gets. */
  take(id: string): void {
    this.#ids.add(id);
  }

  /** Made of names, and numbered where that is not enough; what is a function of probabilities says so. */
  idOf({
    loss,
    implementation,
    target,
    quantity,
    kind,
    kernel,
    from,
  }: Defect & Pick<FuzzFinding, "loss" | "target"> & { from: "logits" | "probabilities" }): string {
    const of = from === "logits" ? "" : from;
    const name = [loss, implementation, target, of, quantity, kind, kernel].filter(Boolean).join("/");
    let id = name;
    for (let count = 2; this.#ids.has(id); count++) id = `${name}-${count}`;
    this.take(id);
    return id;
  }
}

function keyOf({ implementation, quantity, kind, kernel, line }: Defect): string {
  return [implementation, quantity, kind, kernel, kernel && line?.line].join();
}
