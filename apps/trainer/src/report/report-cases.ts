import type { Evaluation } from '../evaluation/evaluation.js';
import { caseFigures } from './case-figures.js';
import { pickCases } from './pick-cases.js';
import type { ReportCase } from './report-data.js';

/** Draws the predictions that a report shows in full. */
export async function reportCases({ predictions, scene, seed }: Evaluation): Promise<ReportCase[]> {
  const cases: ReportCase[] = [];
  for (const { title, index } of pickCases(predictions.length)) {
    const prediction = predictions[index]!;
    cases.push({ title, prediction, figures: await caseFigures({ scene, seed }, prediction) });
  }
  return cases;
}
