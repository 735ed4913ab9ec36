import type { Evaluation } from '../evaluation/evaluation.js';
import { caseFigures } from './case-figures.js';
import { pickCases } from './pick-cases.js';
import type { ReportCase } from './report-data.js';

/** Draws the predictions that a report shows in full. */
export async function reportCases({ predictions, scene, seed, refined }: Evaluation): Promise<ReportCase[]> {
  const cases: ReportCase[] = [];
  // Where some were refined, both answers of the same images are shown.
  const shown = refined ? predictions.filter((prediction) => prediction.refined) : predictions;
  for (const { title, index } of pickCases(shown.length)) {
    const prediction = shown[index]!;
    cases.push({ title, prediction, figures: await caseFigures({ scene, seed }, prediction) });
  }
  return cases;
}
