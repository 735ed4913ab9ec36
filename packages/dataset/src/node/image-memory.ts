import type { Sharp } from 'sharp';

/** Bytes that one image may take while it is read, and all that are read at once. */
export const memoryLimit = 1e9;

/**
 * Bytes a pixel that decoding takes at most, measured as peaks of the process on images of 134 million pixels: 3.1 for RGB in PNG, JPEG
 * and TIFF, 6 for interlaced PNGs, progressive JPEGs and those that are turned, 5.2 for SVG, 8.2 for GIF and WebP with transparency.
 */
const bytesPerPixel = 8.2;

/** Pixels of the largest image that is let in: what fits beside the 80 MB of a process that has done nothing yet. */
export const pixelLimit = 110_000_000;

/** What decoding takes, by what the image declares; 0 where it does not. */
export async function decodingMemory(image: Sharp): Promise<number> {
  const { width, height } = await image.metadata().catch(() => ({ width: 0, height: 0 }));
  return width * height * bytesPerPixel;
}

let inUse = 0;
const waiting: (() => void)[] = [];

/**
 * Does some work when its memory fits beside that of the work going on, in the order of the calls: many large images are decoded one
 * after the other, small ones together. What takes more than there is waits until it is alone.
 */
export async function withMemory<T>(bytes: number, work: () => Promise<T>): Promise<T> {
  // Whoever was told to look again looks before those who come now: their calls stand behind it.
  while (inUse > 0 && inUse + bytes > memoryLimit) await new Promise<void>((resolve) => waiting.push(resolve));
  inUse += bytes;
  try {
    return await work();
  } finally {
    inUse -= bytes;
    for (const look of waiting.splice(0)) look();
  }
}
