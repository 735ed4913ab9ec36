/**
 * Standard deviation of an image's noise, of 255, from how far pixels are off from the mean of their four neighbours: the median over
 * the image, so that edges do not count as long as they are fewer than half of it. 0 for a rendering.
 *
 * @param image [size, size, 3]
 */
export function imageNoise(image: ArrayLike<number>, size: number): number {
  const off: number[] = [];
  for (let y = 1; y < size - 1; y++) {
    for (let x = 1; x < size - 1; x++) {
      for (let c = 0; c < 3; c++) {
        const i = 3 * (y * size + x) + c;
        const around = image[i - 3]! + image[i + 3]! + image[i - 3 * size]! + image[i + 3 * size]!;
        off.push(Math.abs(image[i]! - around / 4));
      }
    }
  }
  off.sort((a, b) => a - b);
  // 1.4826 times the median deviation is a normal distribution's standard deviation; the difference has 1 + 1/4 times the noise's variance.
  return (1.4826 * (off[off.length >> 1] ?? 0)) / Math.sqrt(1.25);
}

/** What is left of a noise's standard deviation after averaging `pixels` × `pixels` pixels and `softenImage`. */
export function softenedNoise(noise: number, pixels: number, blur: number): number {
  const width = 2 * blur + 1;
  // The tent of two boxes: 1, 2, …, width, …, 2, 1 over width².
  let energy = 0;
  for (let k = 1 - width; k < width; k++) energy += ((width - Math.abs(k)) / width ** 2) ** 2;
  return (noise / pixels) * energy;
}
