import type { RgbImage } from '@kanrecon/render';

const parts = 8;

/**
 * The mean absolute difference of two square images, in bytes over all channels, in the worst of 8 × 8 equal parts: an edit that
 * leaves an object's outline alone shows there.
 */
export function worstPart(a: RgbImage, b: RgbImage): number {
  const side = a.width;
  const edge = (part: number) => Math.round((part * side) / parts);
  let worst = 0;
  for (let row = 0; row < parts; row++) {
    for (let column = 0; column < parts; column++) {
      let sum = 0;
      for (let y = edge(row); y < edge(row + 1); y++) {
        const end = (y * side + edge(column + 1)) * 3;
        for (let i = (y * side + edge(column)) * 3; i < end; i++) sum += Math.abs(a.data[i] - b.data[i]);
      }
      const pixels = (edge(row + 1) - edge(row)) * (edge(column + 1) - edge(column));
      if (pixels > 0) worst = Math.max(worst, sum / (3 * pixels));
    }
  }
  return worst;
}
