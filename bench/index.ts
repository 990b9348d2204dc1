import type { Benchmark } from "./benchmark.js";
import { machine } from "./machine.js";
import { table } from "./table.js";

/** In the order in which they run: what is measured cold comes first in its process. */
const NAMES = [
  "first-table",
  "big-sweep",
  "oracle",
  "escalation",
  "targets",
  "memory",
  "fuzz",
  "fuzz-memory",
];

/** Imported one by one: what one of them loads would take time or memory from the one before. */
async function load(name: string): Promise<Benchmark> {
  switch (name) {
    case "first-table":
      return (await import("./first-table.js")).firstTable;
    case "big-sweep":
      return (await import("./big-sweep.js")).bigSweep;
    case "oracle":
      return (await import("./oracle-cost.js")).oracleCost;
    case "escalation":
      return (await import("./escalation.js")).escalation;
    case "targets":
      return (await import("./targets.js")).eachTarget;
    case "memory":
      return (await import("./memory.js")).memory;
    case "fuzz":
      return (await import("./fuzz.js")).knownDefects;
    default:
      return (await import("./fuzz-memory.js")).fuzzMemory;
  }
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !NAMES.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}. There are ${NAMES.join(", ")}.`);
  process.exit(2);
}
console.log(`${machine()}\n`);
let missed = 0;
for (const name of NAMES.filter((known) => asked.length === 0 || asked.includes(known))) {
  const benchmark = await load(name);
  if (benchmark.onRequest && !asked.includes(name)) {
    console.log(`${benchmark.title}: run it by npm run bench -- ${name}\n`);
    continue;
  }
  const rows = await benchmark.run();
  console.log(`${benchmark.title}\n${table(rows)}\n`);
  missed += rows.filter(({ goal }) => goal && !goal.met).length;
}
console.log(missed === 0 ? "All goals are met." : `${missed} goal${missed === 1 ? " is" : "s are"} missed.`);
