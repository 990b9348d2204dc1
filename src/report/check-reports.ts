import { checkFileWritable } from "../files/write-file.js";
import { InputError } from "../inputs/input-error.js";
import type { ReportRequest } from "./report-request.js";

/** Says before a run whether its reports could be written. Throws an InputError. */
export async function checkReports(requests: readonly ReportRequest[]): Promise<void> {
  for (const { format, file } of requests) {
    if (file !== undefined) await checkFileWritable(file);
    else if (format === "html" && process.stdout.isTTY) {
      throw new InputError(
        "--report html would print a page onto the terminal. Give it a file, as --report html=audit.html.",
      );
    }
  }
}
