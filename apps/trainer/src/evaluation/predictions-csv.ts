import { basename } from 'node:path';
import type { ReconstructionComparison } from '@kanrecon/reconstruction';
import { csv } from '../data/csv.js';
import type { SamplePrediction } from './sample-prediction.js';

/**
 * All predictions as a table (RFC 4180): one line an image, parameters in their units, errors on the normalised values; then, where
 * they were measured, the real object's size and the distances between both surfaces, in the object's units.
 */
export function predictionsCsv(predictions: readonly SamplePrediction[]): string {
  const names = Object.keys(predictions[0]?.predicted ?? {});
  const columns = names.flatMap((name) => [`${name}_real`, `${name}_predicted`]);
  const measured = predictions[0]?.distances !== undefined;
  const rows = predictions.map(({ sample, predicted, real, mse, rmse, distances }) => [
    basename(sample.imagePath),
    sample.shape,
    sample.view,
    mse,
    rmse,
    ...names.flatMap((name) => [real[name]!, predicted[name]!]),
    ...(measured ? distanceCells(distances!) : []),
  ]);
  const header = ['image_file', 'shape', 'view', 'mse', 'rmse', ...columns, ...(measured ? distanceColumns : [])];
  return csv([header, ...rows]);
}

const distanceColumns = ['size', 'distance', 'hausdorff', 'scale', 'distance_scaled', 'hausdorff_scaled'];

function distanceCells({ size, asFound, scaled }: ReconstructionComparison): number[] {
  return [size, asFound.mean, asFound.hausdorff, scaled.scale, scaled.mean, scaled.hausdorff];
}
