import { basename, extname } from 'node:path';
import { withFolder } from '@kanrecon/files/node';
import { describeError } from '../cli/describe-error.js';
import type { Ui } from '../ui/ui.js';
import { type Reconstruction, type ReconstructOptions, reconstructImage } from './reconstruct-image.js';

/** What became of several images. */
export interface Reconstructions {
  done: Reconstruction[];
  /** Images that could not be used, and why. */
  failed: { image: string; message: string }[];
}

/** Reconstructs one image after the other; one that cannot be used is reported, and the others go on. */
export function reconstructImages(
  images: readonly string[],
  options: Omit<ReconstructOptions, 'name'>,
  ui: Ui,
  signal: AbortSignal,
): Promise<Reconstructions> {
  return withFolder(options.out, () => reconstructAll(images, options, ui, signal));
}

async function reconstructAll(
  images: readonly string[],
  options: Omit<ReconstructOptions, 'name'>,
  ui: Ui,
  signal: AbortSignal,
): Promise<Reconstructions> {
  const result: Reconstructions = { done: [], failed: [] };
  const names = uniqueNames(images);
  const progress = ui.progress({ label: 'Reconstructing', total: images.length, unit: 'images' });
  try {
    for (const [index, image] of images.entries()) {
      signal.throwIfAborted();
      try {
        result.done.push(await reconstructImage(image, { ...options, name: names[index] }));
      } catch (error) {
        const { message, isMistake } = describeError(error, false);
        if (!isMistake) throw error;
        result.failed.push({ image, message });
      }
      progress.update(index + 1);
    }
  } finally {
    progress.stop();
  }
  return result;
}

/** Base names without extension; a second image of the same name gets a number, so that it does not replace the first. */
function uniqueNames(images: readonly string[]): string[] {
  const taken = new Set<string>();
  return images.map((image) => {
    const base = basename(image, extname(image));
    let name = base;
    for (let i = 2; taken.has(name); i++) name = `${base}-${i}`;
    taken.add(name);
    return name;
  });
}
