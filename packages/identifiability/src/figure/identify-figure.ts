import { checkOptions } from '@kanrecon/geometry';
import type { Scene } from '@kanrecon/scene';
import type { Identifiability } from '../identifiability-result.js';
import { changesChart } from './changes-chart.js';
import { escapeXml } from './escape-xml.js';
import { type EncodePng, moveStrips } from './move-strips.js';
import { spectrumChart } from './spectrum-chart.js';

/** Options of {@link identifyFigure}. */
export interface IdentifyFigureOptions {
  /** Whatever makes PNG files here: sharp, say, or a browser's canvas. */
  readonly encodePng: EncodePng;
}

const width = 1200;
const chart = { width: 580, height: 380 };
const head = 84;

/**
 * One SVG that needs no script: the singular values of the images' Jacobians over their noise, the smallest change of each parameter
 * that can be seen, and objects moved along everything invisible, with what that changes in the image. 1,200 wide, on white.
 *
 * @param found of that scene
 * @throws what `encodePng` throws
 */
export async function identifyFigure(
  scene: Scene,
  found: Identifiability,
  options: IdentifyFigureOptions,
): Promise<string> {
  checkOptions('identifyFigure', options, { encodePng: 1 });
  const { encodePng } = options;
  const top = head + chart.height + 20;
  const strips = await moveStrips(scene, found, top, encodePng);
  const height = top + strips.height;
  const title = `What images of ${scene.name} (${scene.surface.name}) tell of their parameters`;
  const about = `${found.draws} random objects, ${found.size} × ${found.size} pixels`;
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" role="img">
<title>${escapeXml(title)}</title>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="20" y="40" font-size="24" font-weight="600" fill="#1b2430">${escapeXml(title)}</text>
<text x="20" y="66" font-size="15" fill="#5b6470">${escapeXml(about)}</text>
<svg x="10" y="${head}" width="${chart.width}" height="${chart.height}">${spectrumChart(found, chart)}</svg>
<svg x="610" y="${head}" width="${chart.width}" height="${chart.height}">${changesChart(found, chart)}</svg>
${strips.svg}
</svg>
`;
}
