import { casesSection } from './cases-section.js';
import { chartsSection } from './charts-section.js';
import { escapeHtml } from './escape-html.js';
import { gallerySection } from './gallery-section.js';
import type { ReportData } from './report-data.js';
import { reportStyle } from './report-style.js';
import { scatterSection } from './scatter-section.js';
import { scoresSection } from './scores-section.js';

/** The report as one self-contained page: no script, no network, images inside. */
export async function reportPage(data: ReportData): Promise<string> {
  const { title, model, facts, details } = data;
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
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p class="soft">One image in; shape parameters and a mesh out. Model <code>${escapeHtml(model)}</code>.</p>
<ul class="facts">
${factItems.join('\n')}
</ul>
${chartsSection(data)}
${scoresSection(data.scores)}
${scatterSection(data.scatters)}
${await casesSection(data.cases)}
${data.galleries.map(gallerySection).join('\n')}
<h2>How it was made</h2>
<div class="card scroll"><table><tbody>
${detailRows.join('\n')}
</tbody></table></div>
</main>
</body>
</html>
`;
}
