import type { PretrainedName } from '@kanrecon/pretrained';
import { samples } from '../state/store.js';
import type { Requests, Sample } from '../worker/protocol.js';
import { report } from './report.js';
import { worker } from './worker.js';

type Wanted = Requests['samples']['input'];

/** What is shown first: seeds whose objects show well how the scenes differ. */
const first: Wanted = [
  { scene: 'observable', seed: 2026011 },
  { scene: 'fluted', seed: 2026021 },
  { scene: 'study', seed: 2026026 },
  { scene: 'observable', seed: 2026020 },
  { scene: 'fluted', seed: 2026029 },
  { scene: 'study', seed: 2026005 },
  { scene: 'robust', seed: 2026012 },
  { scene: 'robust', seed: 2026014 },
];

/** Draws the first samples. */
export function drawFirstSamples(): Promise<void> {
  return draw(first);
}

/** Draws as many others, from seeds that no network was trained with. */
export function drawOtherSamples(): Promise<void> {
  return draw(first.map(({ scene }) => ({ scene, seed: Math.floor(1e6 + 9e6 * Math.random()) })));
}

/** One sample by its scene and seed. */
export async function drawSample(scene: PretrainedName, seed: number): Promise<Sample> {
  const [sample] = await worker.ask('samples', [{ scene, seed }]);
  return sample!;
}

async function draw(wanted: Wanted): Promise<void> {
  try {
    samples.value = await worker.ask('samples', wanted);
  } catch (error) {
    report(error);
  }
}
