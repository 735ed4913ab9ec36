import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '@kanrecon/files/node';
import type { Rendering } from '@kanrecon/render';
import type { Scene } from '@kanrecon/scene';
import { type DrawnShape, type DrawnView, drawShape, drawView, refuseUnseen } from '@kanrecon/scene';
import { encode } from 'fast-png';
import { imageFileName, labelFileName } from '../file-names.js';
import { formatLabel } from '../format-label.js';
import { splitOfShape } from '../split-counts.js';
import type { SynthesisSettings } from './manifest-schema.js';

/**
 * PNG through fast-png at level 1, measured on 20 renders of 128 × 128 (224 × 224) pixels: 2.0 ms and 13.7 KB (5.7 ms, 35 KB).
 * Level 3 takes 3.3 ms for 13.0 KB, level 6 4.6 ms for 12.6 KB. An encoder of our own over node:zlib takes 0.7 to 1.3 ms for
 * 14.0 KB (row filters gain nothing), but zlib's bytes depend on Node's version and on the processor's instructions, and the
 * same seed is to give the same bytes everywhere.
 */
const pngOptions = { zlib: { level: 1 } } as const;

/** Renders a drawn view at a size; `renderView` is one. */
export type ViewRenderer = (
  scene: Scene,
  shape: DrawnShape,
  view: DrawnView,
  options: { readonly size: number },
) => Rendering | Promise<Rendering>;

/**
 * Draws, renders and writes one view of a data set.
 *
 * @returns false if the view is there already
 * @throws SurfaceError if the object cannot be drawn, or no pixel shows it
 */
export async function synthesizeView(
  root: string,
  settings: SynthesisSettings,
  scene: Scene,
  shape: number,
  view: number,
  render: ViewRenderer,
): Promise<boolean> {
  const { seed, imageSize } = settings;
  const drawnShape = drawShape(scene, seed, shape);
  const drawnView = drawView(scene, seed, shape, view);
  const folder = join(root, splitOfShape(shape, settings.split));
  const imageFile = imageFileName({ shape, view });
  const imagePath = join(folder, 'images', imageFile);
  const labelPath = join(folder, 'labels', labelFileName({ shape, view }));
  const label = formatLabel({ ...drawnShape, cameraAngles: drawnView.cameraAngles, imageFile });
  if ((await holds(labelPath, label)) && (await isWholePng(imagePath, imageSize))) return false;

  const rendering = await render(scene, drawnShape, drawnView, { size: imageSize });
  refuseUnseen(scene.surface, shape, drawnShape, rendering);
  const { image } = rendering;
  await writeAtomically(imagePath, encode({ ...image, channels: 3, depth: 8 }, pngOptions));
  // The label comes last: an image without one is never taken for a sample.
  await writeAtomically(labelPath, label);
  return true;
}

async function holds(path: string, text: string): Promise<boolean> {
  return readFile(path, 'utf8').then(
    (found) => found === text,
    () => false,
  );
}

/** Whether the file begins as a PNG of this size and ends as one does. */
async function isWholePng(path: string, size: number): Promise<boolean> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return false;
  try {
    const { size: length } = await file.stat();
    if (length < 57) return false;
    const ends = Buffer.alloc(36);
    await file.read(ends, 0, 24, 0);
    await file.read(ends, 24, 12, length - 12);
    const signature = ends.toString('latin1', 0, 8) === '\x89PNG\r\n\x1a\n';
    const end = ends.toString('latin1', 28, 32) === 'IEND';
    return signature && end && ends.readUInt32BE(16) === size && ends.readUInt32BE(20) === size;
  } finally {
    await file.close();
  }
}
