import { seriesColors } from './series-colors.js';

const { light, dark } = seriesColors;
const seriesVariables = (colors: readonly string[]) => colors.map((color, i) => `--series-${i}: ${color};`).join(' ');

/** The report's style sheet: light and dark by the reader's setting, one column on a phone. */
export const reportStyle = `
:root { color-scheme: light dark; --back: #f6f7f9; --card: #ffffff; --ink: #1b2430; --soft: #5b6470; --rule: #e1e5ea; --accent: #2563eb; --bar: #dbe6fb; --real: rgb(41 115 242); --predicted: rgb(245 77 51); ${seriesVariables(light)} }
@media (prefers-color-scheme: dark) { :root { --back: #12161c; --card: #1b212a; --ink: #e8ecf1; --soft: #a3adba; --rule: #2d3541; --accent: #60a5fa; --bar: #24364f; ${seriesVariables(dark)} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .3rem; letter-spacing: -.01em; }
h2 { font-size: 1.25rem; margin: 2.6rem 0 .8rem; }
h3 { font-size: 1.05rem; margin: 0; }
p { margin: .4rem 0; max-width: 70ch; }
.soft, figcaption, small { color: var(--soft); }
code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .9em; overflow-wrap: anywhere; }
.card { background: var(--card); border: 1px solid var(--rule); border-radius: 12px; padding: 1.1rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: .8rem; margin: 1.4rem 0 0; padding: 0; list-style: none; }
.facts b { display: block; font-size: 1.55rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.facts span { color: var(--soft); font-size: .85rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 1rem; }
.charts svg { width: 100%; height: auto; display: block; }
.dark { display: none; }
@media (prefers-color-scheme: dark) { .light { display: none; } .dark { display: block; } }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .42rem .7rem; border-bottom: 1px solid var(--rule); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
.scores thead th { white-space: normal; }
thead th { color: var(--soft); font-weight: 600; font-size: .85rem; }
tr.sum td { font-weight: 600; }
.between { display: block; font-size: .75rem; font-weight: 400; }
.meter { display: inline-block; width: 110px; height: .55rem; border-radius: .3rem; background: var(--bar); vertical-align: middle; margin-left: .6rem; position: relative; overflow: hidden; }
.meter i { position: absolute; inset: 0 auto 0 0; background: var(--accent); border-radius: .3rem; }
.scatters { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 280px), 1fr)); gap: .8rem; }
.scatter { width: 100%; height: auto; display: block; }
.scatter circle { fill: var(--accent); fill-opacity: .45; }
.scatter path { fill-opacity: .55; }
${light.map((_, i) => `.scatter .series-${i} { fill: var(--series-${i}); } .dot.series-${i} { background: var(--series-${i}); }`).join('\n')}
.scatter .marked { fill: none; stroke: var(--ink); stroke-width: 1.6; }
.scatter text { fill: var(--soft); font-size: 9px; }
.scatter .frame { fill: none; stroke: var(--rule); }
.scatter .equal { stroke: var(--soft); stroke-dasharray: 4 3; }
.case { margin: 0 0 1.2rem; }
.case header { display: flex; flex-wrap: wrap; gap: .2rem 1rem; align-items: baseline; margin-bottom: .8rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: .8rem; }
@media (min-width: 521px) { .figures:has(> :nth-child(7)) { grid-template-columns: repeat(4, 1fr); } }
figure { margin: 0; }
figure img { display: block; width: 100%; height: auto; border-radius: 8px; }
.refined { margin: 1.4rem 0 .2rem; }
.path { display: grid; grid-template-columns: repeat(auto-fit, minmax(90px, 120px)); gap: .6rem; margin-top: .5rem; }
.path img { border-radius: 4px; } .path img + img { margin-top: 3px; }
figcaption { font-size: .85rem; line-height: 1.4; margin-top: .4rem; }
.scale { height: .6rem; border-radius: .3rem; margin-top: .45rem; }
.ticks { display: flex; justify-content: space-between; font-size: .78rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.dot { display: inline-block; width: .7em; height: .7em; border-radius: 50%; margin-right: .25em; }
.real { background: var(--real); } .predicted { background: var(--predicted); }
details { margin-top: .8rem; } summary { cursor: pointer; color: var(--soft); }
.gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(230px, 1fr)); gap: .8rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 4px; }
@media (max-width: 520px) { .between { font-size: .65rem; } main { padding: 1.2rem .8rem 3rem; } h1 { font-size: 1.5rem; } .figures { grid-template-columns: 1fr 1fr; } .card { padding: .8rem; } th, td { padding: .4rem .35rem; } .scores { font-size: .88rem; } .scores th { white-space: normal; } .scores :is(th, td):nth-child(n+2):nth-child(-n+5):nth-last-child(n+4) { display: none; } .meter { width: 54px; margin-left: .35rem; } }
`;
