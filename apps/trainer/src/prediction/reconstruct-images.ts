import { basename, extname } from 'node:path';
import { labelViews } from '@kanrecon/dataset/node';
import { withFolder } from '@kanrecon/files/node';
import { describeError } from '../cli/describe-error.js';
import type { Ui } from '../ui/ui.js';
import {
  type ReconstructedImage,
  type ReconstructImageOptions,
  type ReconstructionJson,
  reconstructImage,
} from './reconstruct-image.js';

export interface ReconstructImagesOptions extends Omit<ReconstructImageOptions, 'name' | 'viewOf'> {
  /** Told what each image gave; nothing of it but the numbers is kept. */
  onImage?: (found: ReconstructedImage) => void | Promise<void>;
}

/** What became of several images. */
export interface Reconstructions {
  /** Images by the paths that were given. */
  done: { path: string; json: ReconstructionJson }[];
  /** Images that could not be used, and why. */
  failed: { image: string; message: string }[];
}

/** Reconstructs one image after the other; one that cannot be used is reported, and the others go on. */
export function reconstructImages(
  images: readonly string[],
  options: ReconstructImagesOptions,
  ui: Ui,
  signal: AbortSignal,
): Promise<Reconstructions> {
  return withFolder(options.out, () => reconstructAll(images, options, ui, signal));
}

async function reconstructAll(
  images: readonly string[],
  { onImage, ...options }: ReconstructImagesOptions,
  ui: Ui,
  signal: AbortSignal,
): Promise<Reconstructions> {
  const result: Reconstructions = { done: [], failed: [] };
  const names = uniqueNames(images);
  const viewOf = labelViews(options.scene);
  const progress = ui.progress({ label: 'Reconstructing', total: images.length, unit: 'images' });
  try {
    for (const [index, path] of images.entries()) {
      signal.throwIfAborted();
      try {
        const found = await reconstructImage(path, { ...options, viewOf, name: names[index] });
        await onImage?.(found);
        result.done.push({ path, json: found.json });
      } catch (error) {
        const { message, isMistake } = describeError(error, false);
        if (!isMistake) throw error;
        result.failed.push({ image: path, message });
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
