/**
 * Blurs an image by a box of 2 · radius + 1 pixels, twice along each axis (nearly a tent), edges repeated: its gradients then reach farther,
 * and what the samples of a pixel make jump is evened out.
 *
 * @param image [size, size, 3]; changed in place
 * @param scratch as long
 */
export function softenImage(image: Float32Array, size: number, radius: number, scratch: Float32Array): Float32Array {
  if (radius === 0) return image;
  for (let pass = 0; pass < 2; pass++) {
    alongAxis(image, scratch, size, radius, 3, 3 * size);
    alongAxis(scratch, image, size, radius, 3 * size, 3);
  }
  return image;
}

/** Running sums along lines whose pixels are `step` apart; the lines begin `next` apart. */
function alongAxis(from: Float32Array, to: Float32Array, size: number, radius: number, step: number, next: number) {
  const share = 1 / (2 * radius + 1);
  const last = size - 1;
  for (let line = 0; line < size; line++) {
    for (let c = 0; c < 3; c++) {
      const start = line * next + c;
      let sum = (radius + 1) * from[start]!;
      for (let k = 1; k <= radius; k++) sum += from[start + Math.min(last, k) * step]!;
      for (let i = 0; i < size; i++) {
        to[start + i * step] = sum * share;
        sum += from[start + Math.min(last, i + radius + 1) * step]! - from[start + Math.max(0, i - radius) * step]!;
      }
    }
  }
}
