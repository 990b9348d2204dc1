import type { MapPicture } from "../report.js";
import { count, twoDigits } from "../text.js";
import { type ColourScale, colourScale } from "./colours.js";
import { isMarked, type JoinedError, joinedErrors, namesOf } from "./map-errors.js";
import { html, type Markup, type Part } from "./markup.js";
import { pngUri } from "./png.js";
import { MOST_BITS } from "./scale.js";

/** The pictures of one channel of a map: logits, labels, and the error of each implementation by pixel. */
export function mapFigure(map: MapPicture): Markup {
  const logits = map.logits.map(Number);
  const labels = map.labels.map(Number);
  const most = Math.max(...logits.map(Math.abs).filter(Number.isFinite), 1e-30);
  const isKnown = ({ bits }: JoinedError) => bits.some((x) => x !== null);
  const errors = joinedErrors(map.errors);
  const unknown = errors.filter((error) => !isKnown(error));
  return html`<figure class="maps">
<figcaption>${titleOf(map)}</figcaption>
<div class="row${map.width > 1.5 * map.height && " wide"}">${picture(map, "Logits", logits, colourScale("rdbu", -most, most, true))}${picture(map, "Labels", labels, colourScale("greys", Math.min(0, ...labels), Math.max(1, ...labels), true))}${errors.filter(isKnown).map((error) => errorPicture(map, error))}</div>
${unknown.map((error) => html`<p class="legend">${namesOf(error)}: no gradient, or none to hold it against.</p>`)}
</figure>
`;
}

function titleOf({
  label,
  shape: [samples, rows, columns, classes],
  channel,
  corner,
  height,
  width,
}: MapPicture): string {
  const [batch, klass] = channel;
  const parts = [
    `Map ${typeof label === "number" ? `with the label ${label}` : label}`,
    samples > 1 && `sample ${batch}`,
    classes > 1 && `class ${klass} of ${classes}`,
    (height < rows || width < columns) &&
      `rows ${corner[0]} to ${corner[0] + height - 1} of ${rows}, columns ${corner[1]} to ${corner[1] + width - 1} of ${columns}`,
  ];
  return parts.filter(Boolean).join(", ");
}

const bitsScale = () => colourScale("viridis", 0, MOST_BITS);

function errorPicture(map: MapPicture, error: JoinedError): Markup {
  const { bits, worst } = error;
  const counts = [
    [bits.filter((x) => x !== null && Number.isNaN(x)).length, "NaN"],
    [bits.filter((x) => x === Infinity).length, "infinite"],
    [bits.filter((x) => x === null).length, "not known"],
  ].flatMap(([n, what]) => (n === 0 ? [] : [`${count(Number(n), "pixel")} ${what}`]));
  const at = isMarked(error) ? [`worst at row ${worst[0]}, column ${worst[1]}`] : [];
  return picture(map, `Error of ${namesOf(error)}`, bits, bitsScale(), {
    worst: isMarked(error) ? [worst[0] - map.corner[0], worst[1] - map.corner[1]] : undefined,
    facts: [...at, ...counts],
    unit: " bits",
  });
}

interface Marks {
  /** In the window. */
  worst?: readonly [row: number, column: number];
  facts: string[];
  unit: string;
}

function picture(
  { width, height }: MapPicture,
  title: string,
  numbers: readonly (number | null)[],
  scale: ColourScale,
  { worst, facts, unit }: Marks = { facts: [], unit: "" },
): Markup {
  const finite = numbers.filter((x): x is number => x !== null && Number.isFinite(x));
  const extent =
    finite.length === 0
      ? []
      : [`${twoDigits(Math.min(...finite))} to ${twoDigits(Math.max(...finite))}${unit}`];
  const said = [...extent, ...facts].join(", ");
  const pixels = Uint8Array.from(numbers, (x) => scale.indexOf(x));
  return html`<figure class="map">
<svg role="img" aria-label="${title}: ${said}" viewBox="0 0 ${width} ${height}"><image href="${pngUri({ width, height, pixels, palette: scale.palette })}" width="${width}" height="${height}"/>${worst && ring(worst, Math.max(width, height))}</svg>
<figcaption><b>${title}</b> ${said}</figcaption>
</figure>`;
}

/** A ring around a pixel that is seen at any size and on any colour. */
function ring([row, column]: readonly [number, number], size: number): Part {
  const radius = Math.max(1, size / 24);
  const circle = (className: string, width: number) =>
    html`<circle class="${className}" cx="${column + 0.5}" cy="${row + 0.5}" r="${radius.toFixed(2)}" stroke-width="${width.toFixed(2)}"/>`;
  return [circle("ring-outside", size / 50), circle("ring-inside", size / 110)];
}
