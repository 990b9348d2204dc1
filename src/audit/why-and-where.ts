import type { Reason } from "../explain/report.js";
import type { Finding } from "../judge/finding.js";
import { sizeOf } from "../kernels/shape.js";
import { projectPath } from "../losses/project-path.js";
import type { SourceLine } from "../program/program.js";
import type { Subject } from "./subject.js";

/**
 * What a finding says of why an implementation fails, and where: at the kernel to
 * blame, or else where the implementation is written. `folder` is that of the project.
 */
export function whyAndWhere(
  subject: Subject,
  { reason, cure, kernel, line = writtenAt(subject) }: Partial<Reason>,
  folder: string | undefined,
): Pick<Finding, "reason" | "cure" | "kernel" | "line"> {
  return {
    ...(reason !== undefined && { reason }),
    ...(cure !== undefined && { cure }),
    ...(kernel !== undefined && kernel !== "none" && { kernel }),
    ...(line && { line: { file: projectPath(line.file, folder), line: line.line } }),
  };
}

/** Where a user's file exports it; of the catalogue, the line of its first kernel. */
function writtenAt({ line, exact, shape }: Subject): SourceLine | undefined {
  if (line) return line;
  const size = sizeOf(shape);
  try {
    const { nodes } = exact.program(new Float32Array(size).fill(0.5), new Float32Array(size).fill(0.25));
    return nodes.find((node) => node.line)?.line;
  } catch {
    return undefined; // what throws has no kernels
  }
}
