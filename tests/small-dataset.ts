import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { imageFileName, labelFileName } from '../packages/dataset/src/file-names.js';
import { formatLabel } from '../packages/dataset/src/format-label.js';
import type { Split } from '../packages/dataset/src/sample.js';
import { drawShape, drawView, sceneByName } from '../packages/scene/src/index.js';

/** A PNG whose every pixel differs by place and by `tint`. */
export function pngBytes(size: number, tint: number): Uint8Array {
  const data = new Uint8Array(size * size * 3);
  for (let i = 0; i < data.length; i++) data[i] = (i * 7 + tint * 31 + ((i * i) >> 5)) & 255;
  return encode({ width: size, height: size, data, channels: 3, depth: 8 });
}

/** Writes one sample: a real label and a small real PNG. */
export function writeSample(root: string, split: Split, shape: number, view = 0): { image: string; label: string } {
  const scene = sceneByName('study');
  const image = join(root, split, 'images', imageFileName({ shape, view }));
  const label = join(root, split, 'labels', labelFileName({ shape, view }));
  mkdirSync(join(root, split, 'images'), { recursive: true });
  mkdirSync(join(root, split, 'labels'), { recursive: true });
  writeFileSync(image, pngBytes(16, shape * 5 + view));
  const { parameters } = drawShape(scene, 1, shape);
  const { cameraAngles } = drawView(scene, 1, shape, view);
  writeFileSync(label, formatLabel({ parameters, cameraAngles, imageFile: imageFileName({ shape, view }) }));
  return { image, label };
}

/** Three training shapes with two views each, a validation and a test shape with one. */
export function writeSmallDataset(root: string): string {
  for (const shape of [0, 1, 2]) for (const view of [0, 1]) writeSample(root, 'train', shape, view);
  writeSample(root, 'val', 3);
  writeSample(root, 'test', 4);
  return root;
}
