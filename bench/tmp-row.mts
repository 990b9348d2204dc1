import { loadTfjs } from "../src/targets/tfjs.js";
import { record } from "../src/program/record.js";
import { findLoss } from "../src/losses/catalogue.js";
import { compile } from "../src/evaluate/compile.js";
const tf = await loadTfjs();
const impl = findLoss("softmax-cross-entropy")!.implementations.find((i) => i.name === "shifted")!;
for (const C of [2, 10, 30, 80]) {
  const labels = new Float32Array(C); labels[0] = 1;
  const p = record(tf, impl.f, { shape: [1, C], logits: new Float32Array(C).fill(0.5), labels }, () => undefined);
  for (const d of ["true", "autodiff"] as const) {
  const t = performance.now();
  const c = compile(p, d);
  const t2 = performance.now();
  const n = 20000;
  const x = new Float32Array(n * C).map((_, i) => Math.sin(i) * 10);
  const out = { valueMid: new Float64Array(n), valueRad: new Float64Array(n), gradientMid: new Float64Array(n * C), gradientRad: new Float64Array(n * C) };
  c.run(x, labels, n, out, 0); 
  const t3 = performance.now();
  c.run(x, labels, n, out, 0); 
  console.log(C, d, "compile", (t2 - t).toFixed(0), "ms; lines", c.source.split("\n").length, "first", ((t3-t2) * 1e6 / n).toFixed(0), "ns; then", ((performance.now() - t3) * 1e6 / n).toFixed(0), "ns/point");
  }
}
