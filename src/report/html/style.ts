/** The style sheet of the page. Colours have a contrast of at least 4.5 to what is behind them, in both themes. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #fbfaf8; --card: #ffffff; --line: #e2dfd8; --edge: #cbc6bb; --text: #1d1f23; --soft: #5b5f69;
  --link: #1d55a8; --error: #b3261e; --warning: #825500; --ok: #1c6b41; --note: #5b5f69;
  --error-tint: #fbe9e7; --warning-tint: #fcf0d8; --ok-tint: #e3f3e8; --note-tint: #efedea;
  --exact: #8fb7ea; --mark: #fff3c4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #16181c; --card: #1d2025; --line: #30343b; --edge: #454a54; --text: #e8e6e1; --soft: #a3a8b2;
    --link: #8ebcff; --error: #ff9288; --warning: #f0bb5c; --ok: #7fd4a4; --note: #a3a8b2;
    --error-tint: #42211f; --warning-tint: #3a2d14; --ok-tint: #1a3526; --note-tint: #2a2d33;
    --exact: #3f6fae; --mark: #443a12;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 84rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  -webkit-text-size-adjust: 100%; overflow-wrap: break-word;
}
@media (min-width: 48rem) { body { padding: 2.5rem 2rem 6rem; } }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -100vw; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); }
.skip:focus { position: static; display: inline-block; margin-bottom: 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1.25rem; letter-spacing: -0.01em; text-wrap: balance; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 0.5rem; letter-spacing: -0.01em; }
h3 { font-size: 1.05rem; margin: 2rem 0 0.75rem; }
h4 { font-size: 1rem; font-weight: 400; margin: 0; display: inline; }
p { margin: 0.5rem 0; }
ul { margin: 0.5rem 0; padding-left: 1.25rem; }
code, pre, .num, .strip { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code, pre { font-size: 0.85rem; }
.num { font-size: 0.85em; font-variant-numeric: tabular-nums; }
small { color: var(--soft); font-size: 0.8em; }
main > section { border-top: 1px solid var(--edge); margin-top: 3rem; padding-top: 1.5rem; }
.inputs, .audited, .legend, .where { color: var(--soft); font-size: 0.9rem; }
.inputs { margin: 0 0 0.25rem; max-width: 60rem; }

.icon {
  display: inline-grid; place-items: center; width: 1.6em; height: 1.6em; margin-right: 0.3em; border-radius: 50%;
  font-size: 0.75em; font-weight: 700; vertical-align: 0.12em;
}
.badge {
  display: inline-block; padding: 0 0.45em; border-radius: 0.3em; font-size: 0.8rem; line-height: 1.5;
  font-weight: 600; white-space: nowrap;
}
.error.icon, .failed.icon, .badge.error, .badge.failed { color: var(--error); background: var(--error-tint); }
.warning.icon, .badge.warning { color: var(--warning); background: var(--warning-tint); }
.ok.icon, .badge.ok { color: var(--ok); background: var(--ok-tint); }
.badge.note { color: var(--note); background: var(--note-tint); }
.badge.change { color: var(--page); background: var(--text); }

.cards { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 0 0 1rem; }
.cards div {
  flex: 0 1 auto; min-width: 5.5rem; padding: 0.4rem 0.8rem; border: 1px solid var(--line); border-radius: 0.5rem;
  background: var(--card); display: flex; flex-direction: column-reverse;
}
.cards dt { color: var(--soft); font-size: 0.85rem; }
.cards dd { margin: 0; font-size: 1.4rem; line-height: 1.3; font-weight: 600; font-variant-numeric: tabular-nums; }
.cards .none dd { color: var(--soft); font-weight: 400; }
.cards .error dd { color: var(--error); }
.cards .warning dd { color: var(--warning); }
.cards .ok dd { color: var(--ok); }
.box { border: 1px solid; border-left-width: 4px; border-radius: 0.4rem; padding: 0.75rem 1rem; margin: 1rem 0; }
.box.error { border-color: var(--error); background: var(--error-tint); }
.box.warning { border-color: var(--warning); background: var(--warning-tint); }
.box h2 { font-size: 1.05rem; }
.box li { margin: 0.25rem 0; }

nav ul { list-style: none; margin: 2rem 0 0; padding: 0; display: grid; gap: 0.25rem 2rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); }
nav li { padding: 0.35rem 0; border-bottom: 1px solid var(--line); }
nav a { font-weight: 600; margin-right: 0.4rem; overflow-wrap: anywhere; }

.scroll { overflow-x: auto; margin: 0.75rem 0; }
table { border-collapse: collapse; font-size: 0.9rem; }
th, td { text-align: left; vertical-align: baseline; padding: 0.2rem 1.1rem 0.2rem 0; }
th { font-weight: 600; }
thead th[colspan] { text-align: right; }
thead th { color: var(--soft); font-weight: 400; font-size: 0.85rem; vertical-align: bottom; }
thead tr:last-child th { border-bottom: 1px solid var(--edge); }
tbody tr + tr > * { border-top: 1px solid var(--line); }
tbody tr.repeated > * { border-top: 0; }
tr.repeated th { color: transparent; user-select: none; }
.n { text-align: right; white-space: nowrap; }
@media (max-width: 40rem) {
  .numbers { font-size: 0.8rem; }
  .numbers th, .numbers td { padding-right: 0.6rem; }
  .implementations, .implementations .strip { font-size: 0.75rem; }
  .implementations th, .implementations td { padding-right: 0.5rem; }
  .implementations thead th { font-size: 0.7rem; }
}
.targets td:last-child { color: var(--soft); font-size: 0.85rem; }

.strip { white-space: pre; font-size: 0.85rem; line-height: 1.35; display: inline-flex; border-radius: 0.2rem; overflow: hidden; }
.strip i { font-style: normal; }
.strip .good { color: var(--soft); background: var(--note-tint); }
.strip .inaccurate { color: var(--warning); background: var(--warning-tint); }
.strip .dead, .strip .infinity, .strip .nan, .strip .throws { color: var(--error); background: var(--error-tint); }
.ends { display: flex; justify-content: space-between; }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; align-items: baseline; }
.key { width: 28px; height: 10px; }
.swatch { display: inline-block; width: 1.1em; height: 0.8em; border-radius: 0.15em; }

details.label { margin: 0.75rem 0; }
summary { cursor: pointer; }
details.label > summary { font-weight: 600; padding: 0.25rem 0; }
details.label h4 { font-weight: 600; }
figure { margin: 0; }
.curves { display: grid; gap: 0.25rem 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); margin-bottom: 1.5rem; }
@media (min-width: 72rem) { .figures { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; } }
.curves figcaption { grid-column: 1 / -1; font-weight: 600; font-size: 0.9rem; border-bottom: 1px solid var(--line); padding-bottom: 0.15rem; }
.curves p { margin: 0; font-size: 0.8rem; color: var(--soft); }
.curves div { max-width: 26rem; }
svg { display: block; }
.key { display: inline-block; }
.plot { text-anchor: middle; width: 100%; height: auto; font: 10px system-ui, sans-serif; font-variant-numeric: tabular-nums; fill: var(--text); }
.plot .frame { fill: none; stroke: var(--line); }
.plot .tick text, .plot .tick { fill: var(--soft); font-size: 10px; }
.plot .tick path { stroke: var(--edge); }
.plot .name { font-size: 11px; font-weight: 600; }
.plot .label { font-size: 9.5px; paint-order: stroke; stroke: var(--page); stroke-width: 3px; stroke-linejoin: round; }
.exact { fill: none; stroke: var(--exact); stroke-width: 4.5; stroke-linejoin: round; stroke-linecap: round; }
.computed { fill: none; stroke: var(--text); stroke-width: 1.2; stroke-linejoin: round; stroke-linecap: round; }
.dash1 { stroke-dasharray: 4 3; stroke: var(--link); }
.dash2 { stroke-dasharray: 1.5 3; stroke: var(--ok); }
.dash3 { stroke-dasharray: 7 3 1.5 3; stroke: var(--warning); }
.shade { stroke-width: 0.75; }
.shade.error { fill: var(--error); stroke: var(--error); fill-opacity: 0.16; }
.shade.warning { fill: var(--warning); stroke: var(--warning); stroke-dasharray: 2 2; fill-opacity: 0.2; }
.shade-error { background: color-mix(in srgb, var(--error) 16%, transparent); border: 1px solid var(--error); }
.shade-warning { background: color-mix(in srgb, var(--warning) 20%, transparent); border: 1px dashed var(--warning); }

.bar { fill: var(--error); stroke: none; }

.maps { margin: 1rem 0 1.75rem; }
.maps > figcaption { font-weight: 600; font-size: 0.9rem; border-bottom: 1px solid var(--line); margin-bottom: 0.5rem; }
.row { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); }
.row.wide { grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); }
.map svg { width: 100%; height: auto; border: 1px solid var(--edge); }
.map image { image-rendering: pixelated; }
.map figcaption { font-size: 0.8rem; color: var(--soft); margin-top: 0.25rem; line-height: 1.35; }
.map figcaption b { display: block; color: var(--text); font-weight: 600; }
.ring-outside { fill: none; stroke: #000; }
.ring-inside { fill: none; stroke: #fff; }
.ramp { display: inline-block; width: 5rem; height: 0.8em; border-radius: 0.15em; }
.viridis { background: linear-gradient(to right, #440154, #472d7b, #3b528b, #2c728e, #21918c, #28ae80, #5ec962, #addc30, #fde725); }
.nan-pixel { background: rgb(230 0 122); }
.infinity-pixel { background: rgb(255 140 0); }
.unknown-pixel { background: rgb(140 140 140); }

.finding, .notes { border: 1px solid var(--line); border-radius: 0.5rem; background: var(--card); margin: 0.5rem 0; }
.finding > summary, .notes > summary { padding: 0.5rem 0.8rem; }
.finding.error { border-left: 4px solid var(--error); }
.finding.warning { border-left: 4px solid var(--warning); }
.finding .where { margin-left: 0.4rem; }
.finding .body { padding: 0 0.8rem 0.8rem; }
.notes .scroll { padding: 0 0.8rem; }
.regions { list-style: none; padding: 0; margin: 0 0 0.5rem; }
.regions li { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.6rem; }
.regions .at { color: var(--soft); font-size: 0.9rem; }
.numbers { margin: 0.75rem 0; }
.numbers caption { text-align: left; color: var(--soft); font-size: 0.9rem; }
.numbers td { text-align: right; overflow-wrap: anywhere; }
.lead { display: inline-block; margin-right: 0.3rem; }
.body p { max-width: 60rem; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1rem; margin: 0.5rem 0; }
.facts dt { color: var(--soft); font-size: 0.9rem; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.source { margin: 0.75rem 0; }
.source figcaption, .place { color: var(--soft); font-size: 0.85rem; }
pre { margin: 0.25rem 0; padding: 0.5rem 0.75rem; background: var(--page); border: 1px solid var(--line); border-radius: 0.4rem; overflow-x: auto; line-height: 1.5; }
.source mark { display: inline-block; min-width: 100%; background: var(--mark); color: inherit; font-weight: 600; }
.no { color: var(--soft); user-select: none; font-weight: 400; }
.source mark .no { color: inherit; }
.command { display: flex; gap: 0.5rem; align-items: flex-start; margin-top: 0.75rem; }
.command pre { flex: 1; min-width: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.command code::before { content: "$ "; color: var(--soft); user-select: none; }
button { font: inherit; font-size: 0.85rem; padding: 0.45rem 0.8rem; margin-top: 0.25rem; min-width: 5.2rem; color: var(--text); background: var(--note-tint); border: 1px solid var(--edge); border-radius: 0.4rem; cursor: pointer; }
button:hover { border-color: var(--text); }

@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .skip, button, nav { display: none; }
  details::details-content { content-visibility: visible; display: block; }
  .finding, .map, .curves { break-inside: avoid; }
}
`;
