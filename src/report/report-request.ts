import { didYouMean } from "../cli/did-you-mean.js";
import { typedPath } from "../cli/typed-path.js";
import { InputError } from "../inputs/input-error.js";

export const formats = ["pretty", "json", "markdown", "sarif", "junit", "github", "html"] as const;
export type Format = (typeof formats)[number];

/** One report that was asked for. */
export interface ReportRequest {
  format: Format;
  /** As it was typed; undefined: stdout. */
  file?: string;
}

/**
 * What `--report FORMAT[=FILE]` asks for, given as often as wanted; formats
 * without a file may be one list, as `json,github`. One format at most goes to
 * stdout: `pretty`, unless another one does. `github` writes its annotations beside
 * it. `json` is `--report json`. Throws an InputError.
 */
export function reportRequests(values: readonly string[], { json }: { json: boolean }): ReportRequest[] {
  const given = [...(json ? ["json"] : []), ...values].flatMap(requestsOf);
  const requests = given.filter(
    (one, i) => !given.slice(0, i).some((other) => other.format === one.format && other.file === one.file),
  );
  const onStdout = requests.filter(takesStdout);
  if (onStdout.length > 1) {
    const [first, second] = onStdout.map(({ format }) => format);
    throw new InputError(
      `--report: ${first} and ${second} can't both go to stdout. Give one of them a file, as --report ${second}=FILE.`,
    );
  }
  checkFiles(requests);
  return onStdout.length === 0 ? [{ format: "pretty" }, ...requests] : requests;
}

/** Whether it takes stdout for itself. */
export function takesStdout({ format, file }: ReportRequest): boolean {
  return file === undefined && format !== "github";
}

function requestsOf(value: string): ReportRequest[] {
  const at = value.indexOf("=");
  if (at < 0) return value.split(",").map((name) => ({ format: formatOf(name.trim()) }));
  const [format, file] = [formatOf(value.slice(0, at).trim()), value.slice(at + 1)];
  if (file.trim() === "") {
    throw new InputError(
      `--report ${value} names no file. Write --report ${format}=FILE, or --report ${format} for stdout.`,
    );
  }
  return [{ format, file }];
}

function formatOf(name: string): Format {
  const format = formats.find((one) => one === name);
  if (format === undefined) {
    throw new InputError(
      `--report does not know "${name}". ${didYouMean(name, formats)}It knows ${formats.join(", ")}, each with =FILE or without.`,
    );
  }
  return format;
}

/** Throws an InputError for a format that is not known. */
export function checkFormat(name: string): void {
  if (formats.some((one) => one === name)) return;
  throw new InputError(
    `There is no report format "${name}". ${didYouMean(name, formats)}The formats are ${formats.join(", ")}.`,
  );
}

function checkFiles(requests: readonly ReportRequest[]): void {
  const formatsOf = new Map<string, Format>();
  for (const { format, file } of requests) {
    if (file === undefined) continue;
    const path = typedPath(file);
    const other = formatsOf.get(path);
    if (other !== undefined && other !== format) {
      throw new InputError(
        `--report: ${other} and ${format} can't both go into ${file}. Give each a file of its own.`,
      );
    }
    formatsOf.set(path, format);
  }
}
