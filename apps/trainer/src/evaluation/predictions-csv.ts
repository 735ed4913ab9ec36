import { basename } from 'node:path';
import type { SamplePrediction } from './sample-prediction.js';

/** All predictions as a table (RFC 4180): one line an image, parameters in their units, errors on the normalised values. */
export function predictionsCsv(predictions: readonly SamplePrediction[]): string {
  const names = Object.keys(predictions[0]?.predicted ?? {});
  const columns = names.flatMap((name) => [`${name}_real`, `${name}_predicted`]);
  const rows = predictions.map(({ sample, predicted, real, mse, rmse }) => [
    basename(sample.imagePath),
    sample.shape,
    sample.view,
    mse,
    rmse,
    ...names.flatMap((name) => [real[name]!, predicted[name]!]),
  ]);
  const lines = [['image_file', 'shape', 'view', 'mse', 'rmse', ...columns], ...rows];
  return lines.map((line) => `${line.map(quote).join(',')}\n`).join('');
}

function quote(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
