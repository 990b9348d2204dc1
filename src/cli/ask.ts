import { createInterface } from "node:readline";

/** What comes of a question: what was typed, or that nothing will be: the input ended, or Ctrl-C was pressed. */
export type Answer = { typed: string } | { ended: "input" | "interrupt" };

/** Asks on the terminal, which is left as it was. */
export async function ask(question: string): Promise<Answer> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await new Promise<Answer>((resolve) => {
      lines.once("SIGINT", () => resolve({ ended: "interrupt" }));
      lines.once("close", () => resolve({ ended: "input" }));
      lines.question(question, (typed) => resolve({ typed }));
    });
  } finally {
    lines.close();
  }
}
