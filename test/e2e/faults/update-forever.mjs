// Updates a baseline again and again, with the one of two states that it does not have, by the code of the built command.
// node update-forever.mjs FILE STATE STATE
import { readFileSync } from "node:fs";
import { writeFileWhole } from "../../../dist/src/files/write-file.js";
import { baselineText } from "../../../dist/src/gate/baseline-text.js";
import { baselineIn, readBaseline } from "../../../dist/src/gate/read-baseline.js";

const [file, ...states] = process.argv.slice(2);
const texts = states.map((state) => baselineText(baselineIn(state, readFileSync(state, "utf8"))));

for (let round = 0; ; round++) {
  const before = await readBaseline(file);
  await writeFileWhole(
    file,
    texts.find((text) => text !== before?.text),
  );
  if (round === 0) process.send("writes");
}
