import type { ComparedImages } from '@kanrecon/blender/node';
import type { RgbImage } from '@kanrecon/render';
import { differenceImage } from '../report/difference-image.js';

/** White between the pictures, in pixels. */
const gap = 4;

/** What the sheet's columns show. */
export const sheetColumns = [
  'ours',
  'Blender',
  'where they differ',
  'Blender without occlusion and bounces',
  'where that differs from ours',
] as const;

/** Pictures of several views beneath each other, a row a view; all of one size. */
export function comparisonSheet(rows: readonly ComparedImages[]): RgbImage {
  const size = rows[0]?.ours.width ?? 0;
  const step = size + gap;
  const width = sheetColumns.length * step - gap;
  const height = rows.length * step - gap;
  const data = new Uint8Array(3 * width * height).fill(255);
  for (const [row, { ours, blender, plain }] of rows.entries()) {
    const images = [ours, blender, differenceImage(ours, blender).image, plain, differenceImage(ours, plain).image];
    for (const [column, image] of images.entries()) {
      for (let y = 0; y < size; y++) {
        const line = image.data.subarray(3 * size * y, 3 * size * (y + 1));
        data.set(line, 3 * ((row * step + y) * width + column * step));
      }
    }
  }
  return { width, height, data };
}
