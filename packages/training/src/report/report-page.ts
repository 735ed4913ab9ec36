import { chartsSection } from './charts-section.js';
import { escapeHtml } from './escape-html.js';
import type { ReportData } from './report-data.js';
import { reportStyle } from './report-style.js';
import { scatterSection } from './scatter-section.js';
import { scoresSection } from './scores-section.js';

/** Nothing is fetched and nothing runs, whatever the page's names and sentences hold. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The report as one self-contained page: no script, no network, images inside. Charts need `echarts`.
 *
 * @returns HTML
 */
export async function reportPage(data: ReportData): Promise<string> {
  const { title, intro, facts, details } = data;
  const factItems = facts.map(
    ({ value, about }) => `<li class="card"><b>${escapeHtml(value)}</b><span>${escapeHtml(about)}</span></li>`,
  );
  const detailRows = Object.entries(details).map(
    ([name, value]) => `<tr><td>${escapeHtml(name)}</td><td><code>${escapeHtml(value)}</code></td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p class="soft">${intro}</p>
${factItems.length > 0 ? `<ul class="facts">\n${factItems.join('\n')}\n</ul>` : ''}
${await chartsSection(data)}
${scoresSection(data.scores)}
${scatterSection(data.scatters)}
${data.sections.join('\n')}
<h2>How it was made</h2>
<div class="card scroll"><table><tbody>
${detailRows.join('\n')}
</tbody></table></div>
</main>
</body>
</html>
`;
}
