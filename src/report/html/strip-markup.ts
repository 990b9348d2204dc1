import type { Cell } from "../report.js";
import { signs } from "../strip-block.js";
import { tickText } from "./axis.js";
import { html, type Markup } from "./markup.js";

/** The swept range of an implementation as in the terminal: a sign for each cell, and its colour. */
export function stripMarkup(strip: readonly Cell[], [low, high]: readonly [number, number]): Markup {
  const runs: { cell: Cell; from: number; length: number }[] = [];
  strip.forEach((cell, i) => {
    const last = runs[runs.length - 1];
    if (last?.cell === cell) last.length++;
    else runs.push({ cell, from: i, length: 1 });
  });
  const at = (i: number) => tickText(low + ((high - low) * i) / strip.length);
  const said = runs.map(
    ({ cell, from, length }) => `${signs[cell].name} from ${at(from)} to ${at(from + length)}`,
  );
  return html`<span class="strip" role="img" aria-label="${said.join(", ")}">${runs.map(
    ({ cell, length }) => html`<i class="${cell}">${signs[cell].sign.repeat(length)}</i>`,
  )}</span>`;
}

/** What the signs mean that occur. */
export function stripLegend(strips: readonly (readonly Cell[])[]): Markup {
  const occurring = new Set(strips.flat());
  const words = Object.entries(signs).filter(([cell]) => occurring.has(cell as Cell));
  return html`<p class="legend">${words.map(
    ([cell, { sign, name }]) =>
      html`<span><span class="strip" aria-hidden="true"><i class="${cell}">${sign}</i></span> ${name}</span> `,
  )}<span>the worst of value and gradient in each part of the range, over all labels</span></p>`;
}
