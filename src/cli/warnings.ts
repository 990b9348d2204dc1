import type { Progress } from "../report/progress.js";
import { messageText } from "./message-text.js";

/** Says warnings on stderr, in the place of the line of progress; none where it is to be quiet. */
export function warner({ quiet }: { quiet: boolean }, progress?: Progress): (message: string) => void {
  return (message) => {
    if (quiet) return;
    progress?.clear();
    process.stderr.write(messageText(process.stderr, "Warning:", message));
  };
}
