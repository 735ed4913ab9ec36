import type { Identifiability } from '@kanrecon/identifiability';
import type { Scene } from '@kanrecon/scene';
import { escapeHtml } from '../report/escape-html.js';
import { changesChart } from './changes-chart.js';
import { moveStrips } from './move-strips.js';
import { spectrumChart } from './spectrum-chart.js';

const width = 1200;
const chart = { width: 580, height: 380 };
const head = 84;

/**
 * One SVG that needs no script: the singular values of the images' Jacobians over their noise, the smallest change of each parameter
 * that can be seen, and objects moved along everything invisible, with what that changes in the image.
 */
export async function identifyFigure(scene: Scene, found: Identifiability): Promise<string> {
  const top = head + chart.height + 20;
  const strips = await moveStrips(scene, found, top);
  const height = top + strips.height;
  const title = `What images of ${scene.name} (${scene.surface.name}) tell of their parameters`;
  const about = `${found.draws} random objects, ${found.size} × ${found.size} pixels`;
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" role="img">
<title>${escapeHtml(title)}</title>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="20" y="40" font-size="24" font-weight="600" fill="#1b2430">${escapeHtml(title)}</text>
<text x="20" y="66" font-size="15" fill="#5b6470">${escapeHtml(about)}</text>
<svg x="10" y="${head}" width="${chart.width}" height="${chart.height}">${spectrumChart(found, chart)}</svg>
<svg x="610" y="${head}" width="${chart.width}" height="${chart.height}">${changesChart(found, chart)}</svg>
${strips.svg}
</svg>
`;
}
