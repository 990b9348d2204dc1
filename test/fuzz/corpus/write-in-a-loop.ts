import { writeEntry } from "../../../src/fuzz/corpus/write-entry.js";
import { versionsOf } from "./large-entries.js";

/** A process of its own that writes the same entries again and again, each in two versions by turns: FOLDER [ROUNDS]. */
const [folder, rounds = "Infinity"] = process.argv.slice(2);
for (let round = 0; round < Number(rounds); round++) {
  for (const entry of versionsOf(round % 2)) await writeEntry(folder, entry);
  if (round === 0) process.send?.("writing");
}
