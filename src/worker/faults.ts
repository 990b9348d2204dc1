/** What ended a job. `expected`: something that the user gave; otherwise it is our own fault. */
export interface Fault {
  message: string;
  expected: boolean;
  stack?: string;
}

const EXPECTED = ["InputError", "LoadError", "LossError", "UnknownKernelError"];

export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { message: String(error), expected: false };
  return { message: error.message, expected: EXPECTED.includes(error.name), stack: error.stack };
}

export function faultText({ message, expected, stack }: Fault): string {
  if (expected) return message;
  const details = process.env.DEBUG ? `\n${stack}` : " Set DEBUG=1 for the stack.";
  return `audit itself failed: ${message}.${details}`;
}
