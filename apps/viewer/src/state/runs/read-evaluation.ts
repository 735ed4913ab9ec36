import { surfaceByName, surfaceNames } from '@kanrecon/geometry';
import {
  countOf,
  parseEvaluation,
  parsePredictions,
  type RunEvaluation,
  type RunPrediction,
} from '@kanrecon/training/report';
import type { KnownRange } from './read-ranges.js';
import type { CasePictures, ScoredParameter, ViewerEvaluation } from './viewer-run.js';

/** How far the table's errors may be from those in evaluation.json, as a share of them: they are computed in single precision there. */
const tolerance = 1e-3;

/** The text of an evaluation's two files. */
interface EvaluationText {
  readonly key: string;
  readonly evaluation: string;
  readonly predictions: string;
}

/**
 * Reads `evaluation.json` and `predictions.csv`, which must be of one evaluation.
 *
 * @param picturesOf where its images are, by the end of their path as it tells it: `data/test/images/`
 * @returns what is wrong with them, as the rest of a sentence, if they cannot be used
 */
export function readEvaluation(
  { key, evaluation, predictions }: EvaluationText,
  picturesOf: (place: string) => CasePictures,
): ViewerEvaluation | string {
  const told = parseEvaluation(evaluation);
  if (typeof told === 'string') return `evaluation.json: ${told}`;
  const rows = parsePredictions(predictions);
  if (typeof rows === 'string') return `predictions.csv: ${rows}`;
  const other = whyApart(told, rows);
  if (other !== undefined) return `evaluation.json and predictions.csv are not of one evaluation: ${other}`;
  const { split, dataset, ...rest } = told;
  const folder =
    dataset
      .split('/')
      .filter((part) => part !== '' && part !== '..')
      .at(-1) ?? dataset;
  const read = told.checkpoint === null ? 'a model by itself' : `the ${told.checkpoint} checkpoint`;
  return {
    key,
    scene: JSON.stringify([told.scene, told.surface]),
    title: `${split} of ${folder}${told.checkpoint === 'last' ? ', last checkpoint' : ''}`,
    about: `${countOf(told.images, 'image')} of the ${split} split of ${folder}, read by ${read}.`,
    told: rest,
    predictions: [...rows].sort((a, b) => a.mse - b.mse),
    parameters: parametersOf(told, rows),
    pictures: picturesOf(`${folder}/${split}/images/`),
  };
}

/** An evaluation with the ranges that its model learned, which need not be those of the surface of that name. */
export function withRanges(evaluation: ViewerEvaluation, known: readonly KnownRange[]): ViewerEvaluation {
  return { ...evaluation, parameters: evaluation.parameters.map((one) => rangeOf(one.name, known) ?? one) };
}

function whyApart({ images, scores }: RunEvaluation, rows: readonly RunPrediction[]): string | undefined {
  if (rows.length !== images) return `there are ${rows.length} rows for ${countOf(images, 'image')}`;
  const names = scores.perParameter.map(({ name }) => name);
  const columns = Object.keys(rows[0]!.real);
  if (names.join() !== columns.join()) return `one has ${names.join(', ')}, the other ${columns.join(', ')}`;
  const mse = rows.reduce((sum, row) => sum + row.mse, 0) / rows.length;
  const apart = Math.abs(mse - scores.mse) > tolerance * Math.max(mse, scores.mse);
  return apart
    ? `the mean squared error is ${scores.mse.toPrecision(4)} there and ${mse.toPrecision(4)} here`
    : undefined;
}

/** Ranges are the surface's, where it is known; otherwise those of the real values. */
function parametersOf({ surface, scores }: RunEvaluation, rows: readonly RunPrediction[]): ScoredParameter[] {
  const known = surfaceNames().includes(surface) ? surfaceByName(surface).parameters : [];
  return scores.perParameter.map(({ name }) => {
    const found = rangeOf(name, known);
    if (found) return found;
    let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const { real } of rows) [min, max] = [Math.min(min, real[name]!), Math.max(max, real[name]!)];
    return { name, unit: '', min, max, ofReal: true };
  });
}

function rangeOf(name: string, known: readonly KnownRange[]): ScoredParameter | undefined {
  const found = known.find((parameter) => parameter.name === name);
  return found && { name, unit: found.unit, min: found.min, max: found.max };
}
