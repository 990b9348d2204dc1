import { loadTfjs } from "../src/targets/tfjs.js";
import { record } from "../src/program/record.js";
import { findLoss, catalogue } from "../src/losses/catalogue.js";
import { compile } from "../src/evaluate/compile.js";
const tf = await loadTfjs();
const only = process.argv[2];
const show = process.argv[3];
for (const loss of catalogue) for (const impl of loss.implementations) {
  if (only && `${loss.name}#${impl.name}` !== only) continue;
  const shape = loss.point === "element" ? [1] : loss.point === "row" ? [1, 3] : [1, 1, 1, 1];
  const L = shape.reduce((a, b) => a * b, 1);
  for (const derivative of ["true", "autodiff"] as const) {
  for (const label of [0, 1]) {
    const labels = new Float32Array(L).fill(0); labels[0] = label; if (L>1) labels[1]=1-label;
    let c;
    try {
      const p = record(tf, impl.f, { shape, logits: new Float32Array(L).fill(0.5), labels }, () => undefined);
      c = compile(p, derivative);
    } catch (e) { console.log(loss.name, impl.name, derivative, String(e).slice(0, 150)); continue; }
    if (show && label===0) console.log(c.source);
    const n = 200000;
    const x = new Float32Array(n * L);
    for (let i = 0; i < n; i++) x[i * L] = -120 + 240 * (i + .5) / n;
    const out = { valueMid: new Float64Array(n), valueRad: new Float64Array(n), gradientMid: new Float64Array(n * L), gradientRad: new Float64Array(n * L) };
    c.run(x, labels, n, out, 0);
    c.run(x, labels, n, out, 0);
    const t = performance.now();
    for (let k = 0; k < 3; k++) c.run(x, labels, n, out, 0);
    const ns = (performance.now() - t) / n / 3 * 1e6;
    let wideV = 0, wideG = 0, nanV = 0, nanG = 0;
    const wide = (m: number, r: number) => !(r <= Math.max(1e-9 * Math.abs(m), 1e-50));
    for (let i = 0; i < n; i++) {
      if (!(out.valueRad[i] < Infinity)) nanV++; else if (wide(out.valueMid[i], out.valueRad[i])) wideV++;
      if (!(out.gradientRad[i * L] < Infinity)) nanG++; else if (wide(out.gradientMid[i * L], out.gradientRad[i * L])) wideG++;
    }
    console.log(loss.name.padEnd(24), impl.name.padEnd(22), derivative.padEnd(9), label, `${ns.toFixed(1)} ns`.padEnd(10), "lines", c.source.split("\n").length, "unknown v/g", nanV / n, nanG / n, "wide v/g", wideV / n, wideG / n);
  }}
}
