import { basename } from 'node:path';
import type { ReconstructionComparison } from '@kanrecon/reconstruction';
import { csv } from '../data/csv.js';
import type { RefinedImage } from './refined-image.js';
import type { SamplePrediction } from './sample-prediction.js';

/**
 * All predictions as a table (RFC 4180): one line an image, parameters in their units, errors on the normalised values; then, where
 * they were measured, the real object's size and the distances between both surfaces, in the object's units; then, where some images were
 * refined, the posterior means, the ends of their 90 % intervals and whether the rendering explains the image, empty for the others.
 */
export function predictionsCsv(predictions: readonly SamplePrediction[]): string {
  const names = Object.keys(predictions[0]?.predicted ?? {});
  const columns = names.flatMap((name) => [`${name}_real`, `${name}_predicted`]);
  const measured = predictions[0]?.distances !== undefined;
  const anyRefined = predictions.some(({ refined }) => refined !== undefined);
  const rows = predictions.map(({ sample, predicted, real, mse, rmse, distances, refined }) => [
    basename(sample.imagePath),
    sample.shape,
    sample.view,
    mse,
    rmse,
    ...names.flatMap((name) => [real[name]!, predicted[name]!]),
    ...(measured ? distanceCells(distances!) : []),
    ...(anyRefined ? refinedCells(names, refined) : []),
  ]);
  const header = [
    ...['image_file', 'shape', 'view', 'mse', 'rmse'],
    ...columns,
    ...(measured ? distanceColumns : []),
    ...(anyRefined ? refinedColumns(names) : []),
  ];
  return csv([header, ...rows]);
}

const distanceColumns = ['size', 'distance', 'hausdorff', 'scale', 'distance_scaled', 'hausdorff_scaled'];

function distanceCells({ size, asFound, scaled }: ReconstructionComparison): number[] {
  return [size, asFound.mean, asFound.hausdorff, scaled.scale, scaled.mean, scaled.hausdorff];
}

function refinedColumns(names: readonly string[]): string[] {
  return [...names.flatMap((name) => [`refined_${name}`, `low90_${name}`, `high90_${name}`]), 'found'];
}

function refinedCells(names: readonly string[], refined: RefinedImage | undefined): (string | number)[] {
  if (!refined) return refinedColumns(names).map(() => '');
  const cells = names.flatMap((name) => {
    const { mean, interval90 } = refined.estimates[name]!;
    return [mean, ...interval90];
  });
  return [...cells, String(refined.found)];
}
