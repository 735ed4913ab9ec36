import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { portablePath } from '../data/portable-path.js';
import type { InputImageFile } from './input-image.js';
import type { MeshFormat } from './mesh-formats.js';
import { uniqueNames } from './unique-names.js';

/** The files that are made of one image. */
export interface ImageOutputs {
  /** Path in the folder for results, without an ending, with forward slashes. */
  readonly name: string;
  readonly json: string;
  readonly rendering: string;
  /** The rendering laid over the image; of refined objects only. */
  readonly overlay?: string;
  readonly mesh?: string;
  readonly format?: MeshFormat;
  /** Where the image lies, seen from the folder of these files; as it was given where it came through a pipe. */
  readonly image: string;
  /** The same, seen from `out`. */
  readonly imageFromOut: string;
}

/** Where the results of images go: below `out`, each under the name of its image. */
export function imageOutputs(
  files: readonly InputImageFile[],
  out: string,
  { format, overlays }: { readonly format?: MeshFormat | undefined; readonly overlays: boolean },
): ImageOutputs[] {
  const names = uniqueNames(files.map(({ name }) => name));
  // An image may have the name that another one's overlay would get.
  const overlayNames = uniqueNames([...names, ...names.map((name) => `${name}-overlay`)]).slice(names.length);
  return names.map((name, i) => {
    const { source, shown } = files[i]!;
    const json = resolve(out, `${name}.json`);
    return {
      name: name.replaceAll('\\', '/'),
      json: join(out, `${name}.json`),
      rendering: join(out, `${name}.png`),
      ...(overlays && { overlay: join(out, `${overlayNames[i]!}.png`) }),
      ...(format && { format, mesh: join(out, `${name}.${format}`) }),
      image: typeof source === 'string' ? portablePath(dirname(json), source) : shown,
      imageFromOut: typeof source === 'string' ? portablePath(out, source) : shown,
    };
  });
}

/** What tells an image from others that would have results of the same names: its place, or what came through a pipe. */
export function inputOf({ source }: InputImageFile, { image }: Pick<ImageOutputs, 'image'>): string {
  if (typeof source === 'string') return image;
  return `sha256:${createHash('sha256').update(source).digest('hex')}`;
}
