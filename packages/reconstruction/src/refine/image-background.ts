import type { RgbImage, Vector3 } from '@kanrecon/render';

/**
 * What lies behind an object, from the image's border: the median of each channel over its outermost pixels.
 *
 * @returns RGB bytes
 */
export function imageBackground({ width, height, data }: RgbImage): Vector3 {
  const border: number[] = [];
  for (let x = 0; x < width; x++) border.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y++) border.push(y * width, y * width + width - 1);
  return [0, 1, 2].map((c) => {
    const values = border.map((pixel) => data[3 * pixel + c]!).sort((a, b) => a - b);
    return values[values.length >> 1]!;
  }) as unknown as Vector3;
}
