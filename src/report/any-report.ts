import type { FuzzReport } from "../fuzz/report.js";
import type { GateReport } from "../gate/report.js";
import type { AuditReport } from "./report.js";

/** What a report format is given: the JSON of a command that finds something. */
export type AnyReport = AuditReport | FuzzReport | GateReport;
