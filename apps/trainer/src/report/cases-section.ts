import { basename } from 'node:path';
import { jet, perceptual } from '@kanrecon/render';
import { escapeHtml } from '@kanrecon/training/report';
import { cssGradient, heat } from './color-maps.js';
import { fullDifference } from './difference-image.js';
import { figure } from './figure.js';
import { pathFigures } from './path-figures.js';
import type { ReportCase } from './report-data.js';

/** Some predictions in full, such as best, median and worst. */
export async function casesSection(cases: readonly ReportCase[]): Promise<string> {
  if (cases.length === 0) return '';
  const anyRefined = cases.some(({ figures }) => figures.refined);
  const articles = await Promise.all(cases.map(caseArticle));
  return `<h2>Predictions</h2>
<p class="soft">The predicted object is seen from the same direction, drawn as the data set's images are. Distances are between the two surfaces, both ways, in the object's units; Hausdorff is the greatest. At the best scale the prediction is first made larger or smaller to come nearest.${anyRefined ? ' These are of the images that were refined, best to worst as the network found them; meshes and distances are the network’s.' : ''}</p>
${articles.join('\n')}`;
}

async function caseArticle({ title, prediction, figures }: ReportCase): Promise<string> {
  const { rmse, sample } = prediction;
  const { meanDifference, maxDistance, comparison, refined } = figures;
  const { asFound, scaled } = comparison;
  const name = basename(sample.imagePath);
  const distanceScale = (map: typeof jet) =>
    scale(cssGradient(map), '0', (maxDistance / 2).toFixed(3), maxDistance.toFixed(3));
  const parts = await Promise.all([
    figure(figures.input, 'Input image', ''),
    figure(figures.rendering, refined ? 'The network’s prediction, rendered' : 'Prediction, rendered', ''),
    figure(
      figures.difference,
      `Difference: ${meanDifference.toFixed(1)} of 255 on average`,
      scale(cssGradient(heat), '0', `${fullDifference}+`),
    ),
    ...(refined
      ? [
          figure(
            refined.rendering,
            `Refined${prediction.refined?.found ? '' : ' (not found: not to be believed)'}`,
            '',
          ),
          figure(
            refined.difference,
            `Difference: ${refined.meanDifference.toFixed(1)} of 255 on average`,
            scale(cssGradient(heat), '0', `${fullDifference}+`),
          ),
        ]
      : []),
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
${await pathFigures(refined?.path ?? [])}${parameterTable(prediction)}
</article>`;
}

function scale(gradient: string, ...ticks: string[]): string {
  return `<div class="scale" style="background:${gradient}"></div><div class="ticks">${ticks.map((tick) => `<span>${tick}</span>`).join('')}</div>`;
}

function parameterTable({ predicted, real, refined }: ReportCase['prediction']): string {
  const rows = Object.entries(predicted).map(([name, value]) => {
    const cells = [name, real[name]!.toFixed(3), value.toFixed(3), signed(value - real[name]!)];
    if (refined) {
      const { mean, interval90, told } = refined.estimates[name]!;
      const between = interval90.map((end) => end.toFixed(3)).join(' to ');
      cells.push(mean.toFixed(3), signed(mean - real[name]!), told ? between : `${between} (not told)`);
    }
    return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
  });
  const header = ['parameter', 'real', 'predicted', 'difference'];
  if (refined) header.push('refined', 'difference', '90 % interval');
  return `<details><summary>Parameters</summary><div class="scroll"><table>
<thead><tr>${header.map((cell) => `<th>${cell}</th>`).join('')}</tr></thead>
<tbody>${rows.join('')}</tbody></table></div></details>`;
}

function signed(difference: number): string {
  return `${difference >= 0 ? '+' : '−'}${Math.abs(difference).toFixed(3)}`;
}
