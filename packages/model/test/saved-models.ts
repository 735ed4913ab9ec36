import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Reconstructor } from '../src/network/reconstructor.js';
import type { AdamW } from '../src/optimization/adamw.js';
import { trainStep } from '../src/optimization/train-step.js';
import { useWasmTraining } from './use-wasm-training.js';
import { weightHashes } from './weight-hashes.js';

/** A folder of their own for a file's tests, and the backend. @returns paths in it */
export function useFolder(): (...parts: string[]) => string {
  let folder: string;
  beforeAll(async () => {
    await useWasmTraining();
    folder = await mkdtemp(join(tmpdir(), 'reconstructor-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return (...parts) => join(folder, ...parts);
}

/** Of the images' sides, in pixels. */
export const size = 32;
/** Two of them. */
export const images = Uint8Array.from({ length: 2 * size * size * 3 }, (_, i) => Math.imul(i + 1, 2654435761) >>> 24);
const targets = Float32Array.from({ length: 12 }, (_, i) => ((i * 7) % 11) / 11);

export const allWeights = ({ model }: Reconstructor) => weightHashes(model.layers as Reconstructor['headLayers']);

/** @returns the losses */
export async function train(
  reconstructor: Reconstructor,
  optimizer: AdamW,
  from: number,
  to: number,
): Promise<number[]> {
  const losses: number[] = [];
  for (let step = from; step < to; step++) {
    losses.push(await trainStep(reconstructor, optimizer, images, targets, { step }));
  }
  return losses;
}
