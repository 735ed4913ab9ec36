import { basename } from 'node:path';
import { fitImage, type InputImage, resizeImage } from '@kanrecon/image';
import type { RgbImage } from '@kanrecon/render';
import { encodePng } from '../prediction/encode-png.js';
import type { ReportPair } from './report-data.js';

/** Pixels of each of the two pictures. */
export const pairSize = 160;

/** An image and the rendering of what was found in it, small enough for the page. */
export async function reportPair(path: string, image: InputImage, rendering: RgbImage): Promise<ReportPair> {
  const input = { width: pairSize, height: pairSize, data: fitImage(image, pairSize) };
  return {
    name: basename(path),
    input: await encodePng(input),
    rendering: await encodePng(resizeImage(rendering, pairSize, pairSize)),
  };
}
