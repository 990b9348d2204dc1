import { loadTfjs } from "../src/targets/tfjs.js";
import { record } from "../src/program/record.js";
import { catalogue } from "../src/losses/catalogue.js";
import { evaluateBallArrays } from "../src/evaluate/ball-arrays.js";
const tf = await loadTfjs();
for (const loss of catalogue) for (const impl of loss.implementations) {
  if (process.argv[2] && `${loss.name}#${impl.name}` !== process.argv[2]) continue;
  const shape = [1, 128, 128, 80];
  const L = shape.reduce((a, b) => a * b, 1);
  const labels = new Float32Array(L); for (let i = 0; i < L; i += 1000) { labels[i] = 1; if (i+1<L) labels[i+1] = Math.fround(.7); }
  const logits = new Float32Array(L); for (let i = 0; i < L; i++) logits[i] = -2.19 + 3 * Math.sin(i * 12.9898) ;
  const t0 = performance.now();
  const p = record(tf, impl.f, { shape, logits, labels }, () => undefined);
  const t = performance.now();
  const out = evaluateBallArrays(p, logits, labels);
  const t2 = performance.now();
  evaluateBallArrays(p, logits, labels);
  const t3 = performance.now();
  let worst = 0; const g = out.gradient; let unk = 0;
  if (g) for (let i = 0; i < L; i++) { const e = g.rad[i] / Math.max(Math.abs(g.mid[i]), 1e-300); if (!(e < 1)) unk++; else if (e > worst) worst = e; }
  console.log(loss.name, impl.name, "nodes", p.nodes.length, "record", (t - t0 | 0), "ms; first", (t2 - t | 0), "ms; again", (t3 - t2 | 0), "ms", out.value.mid.slice(0, 2), out.value.rad.slice(0, 2), "worst rel", worst, "unknown", unk, "rss MB", process.memoryUsage().rss / 1e6 | 0);
}
