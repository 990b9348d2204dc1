import type { Finding, Quantity } from "../../judge/finding.js";
import { labelsText } from "../findings.js";
import { isOfSearch } from "../of-search.js";
import type { Curve } from "../report.js";
import { linearAxis, ordinalAxis } from "./axis.js";
import { curveRows, errorRows, type Frame } from "./draw-rows.js";
import { html, type Markup } from "./markup.js";
import { plotSvg } from "./plot.js";
import { rowsOf } from "./rows.js";
import { bitsScale, numberScale } from "./scale.js";

const WIDTH = 270;
const HEIGHT = 58;
/** Where nothing fails nearer to 0, the ordinals of smaller floats are squeezed. */
const NEAR = 0.1;
const QUANTITIES: readonly Quantity[] = ["value", "gradient"];

/** The plots of one label: for value and gradient the curves, and the error over the ordinals. */
export function curveFigures(
  curve: Curve,
  range: readonly [number, number],
  findings: readonly Finding[],
): Markup[] {
  const xs = curve.x.map(Number);
  const exact = { value: curve.exact.value.map(Number), gradient: curve.exact.gradient.map(Number) };
  const scales = { value: numberScale(exact.value, HEIGHT), gradient: numberScale(exact.gradient, HEIGHT) };
  const rows = rowsOf(curve, findings, scales);
  const frame: Omit<Frame, "axis" | "scale"> = { xs, range };
  const linear = linearAxis(range, WIDTH);
  const ordinals = ordinalAxis(range, nearOf(findings), WIDTH);
  const names = rows.flatMap(({ implementations }) => implementations).join(", ");
  const label = labelsText([String(curve.label)]);
  return QUANTITIES.map((quantity) => {
    const what = `${quantity}, ${label}`;
    const fails = rows.flatMap((row) =>
      row[quantity].shades.map(
        ({ from, to, word, targets }) =>
          `${row.implementations.join(", ")}: ${word} from ${from} to ${to} on ${targets.join(", ")}`,
      ),
    );
    const curves = plotSvg({
      axis: linear,
      scale: scales[quantity],
      rows: curveRows(rows, exact[quantity], quantity, { ...frame, axis: linear, scale: scales[quantity] }),
      description: `The exact ${what} over the logit, with what is computed by ${names}.`,
    });
    const bits = bitsScale(HEIGHT);
    const errors = plotSvg({
      axis: ordinals,
      scale: bits,
      rows: errorRows(rows, quantity, { ...frame, axis: ordinals, scale: bits }),
      description: `The error of the ${what} in bits over the ordinal of the logit. ${fails.join("; ") || "Nothing fails"}.`,
    });
    return html`<figure class="curves">
<figcaption>${quantity === "value" ? "Value" : "Gradient"}, ${label}</figcaption>
<div><p>exact and float32, over the logit</p>${curves}</div>
<div><p>error in bits, over float32 ordinals</p>${errors}</div>
</figure>`;
  });
}

/** What the ordinals near 0 are squeezed below: the power of ten below the ends of all regions but 0. */
function nearOf(findings: readonly Finding[]): number {
  const ends = findings
    .filter((finding) => finding.severity !== "note" && !isOfSearch(finding))
    .flatMap(({ region: { from, to } }) => [Math.abs(Number(from.value)), Math.abs(Number(to.value))])
    .filter((x) => x > 0 && Number.isFinite(x));
  const nearest = Math.min(NEAR, ...ends);
  return Math.max(10 ** Math.floor(Math.log10(nearest)), 1e-45);
}
