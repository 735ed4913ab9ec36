import { basename } from 'node:path';
import type { RgbImage } from '@kanrecon/render';
import { jet, perceptual } from '@kanrecon/render';
import { encodePng } from '../prediction/encode-png.js';
import { cssGradient, heat } from './color-maps.js';
import { dataUri } from './data-uri.js';
import { fullDifference } from './difference-image.js';
import { escapeHtml } from './escape-html.js';
import type { ReportCase } from './report-data.js';

/** Some predictions in full, such as best, median and worst. */
export async function casesSection(cases: readonly ReportCase[]): Promise<string> {
  if (cases.length === 0) return '';
  const articles = await Promise.all(cases.map(caseArticle));
  return `<h2>Predictions</h2>
<p class="soft">The predicted object is seen from the same direction, drawn as the data set's images are. Distances are between the two surfaces, both ways, in the object's units; Hausdorff is the greatest. At the best scale the prediction is first made larger or smaller to come nearest.</p>
${articles.join('\n')}`;
}

async function caseArticle({ title, prediction, figures }: ReportCase): Promise<string> {
  const { rmse, sample } = prediction;
  const { meanDifference, maxDistance, comparison } = figures;
  const { asFound, scaled } = comparison;
  const name = basename(sample.imagePath);
  const distanceScale = (map: typeof jet) =>
    scale(cssGradient(map), '0', (maxDistance / 2).toFixed(3), maxDistance.toFixed(3));
  const parts = await Promise.all([
    figure(figures.input, 'Input image', ''),
    figure(figures.rendering, 'Prediction, rendered', ''),
    figure(
      figures.difference,
      `Difference: ${meanDifference.toFixed(1)} of 255 on average`,
      scale(cssGradient(heat), '0', `${fullDifference}+`),
    ),
    figure(
      figures.overlay,
      `<span class="dot real"></span>real and <span class="dot predicted"></span>predicted mesh, mean distance ${asFound.mean.toFixed(3)}`,
      '',
    ),
    figure(
      figures.distances,
      `Distance to the real mesh, Hausdorff ${asFound.hausdorff.toFixed(3)}, at the best scale ${scaled.hausdorff.toFixed(3)}`,
      distanceScale(perceptual),
    ),
    figure(
      figures.distancesInJet,
      'The same in the study’s colours (jet), which show edges where there are none',
      distanceScale(jet),
    ),
  ]);
  return `<article class="card case">
<header><h3>${escapeHtml(title)}</h3><span class="soft"><code>${escapeHtml(name)}</code> · RMSE ${rmse.toFixed(3)} on the normalised parameters</span></header>
<div class="figures">
${parts.join('\n')}
</div>
${parameterTable(prediction)}
</article>`;
}

async function figure(image: RgbImage, caption: string, below: string): Promise<string> {
  const alt = escapeHtml(caption.replace(/<[^>]*>/g, ''));
  return `<figure><img src="${dataUri(await encodePng(image))}" width="${image.width}" height="${image.height}" alt="${alt}">${below}<figcaption>${caption}</figcaption></figure>`;
}

function scale(gradient: string, ...ticks: string[]): string {
  return `<div class="scale" style="background:${gradient}"></div><div class="ticks">${ticks.map((tick) => `<span>${tick}</span>`).join('')}</div>`;
}

function parameterTable({ predicted, real }: ReportCase['prediction']): string {
  const rows = Object.entries(predicted).map(([name, value]) => {
    const difference = value - real[name]!;
    const sign = difference >= 0 ? '+' : '−';
    return `<tr><td>${escapeHtml(name)}</td><td>${real[name]!.toFixed(3)}</td><td>${value.toFixed(3)}</td><td>${sign}${Math.abs(difference).toFixed(3)}</td></tr>`;
  });
  return `<details><summary>Parameters</summary><div class="scroll"><table>
<thead><tr><th>parameter</th><th>real</th><th>predicted</th><th>difference</th></tr></thead>
<tbody>${rows.join('')}</tbody></table></div></details>`;
}
