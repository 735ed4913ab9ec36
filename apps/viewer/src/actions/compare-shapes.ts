import { tessellate } from '@kanrecon/geometry';
import { type Comparison, comparison } from '../state/compare.js';
import type { ComparedShape } from '../state/compared-shape.js';
import { sentenceOf } from '../worker/sentence-of.js';
import { worker } from './worker.js';

/** Quads of each mesh along u and v, as `kanrecon evaluate` measures: finer ones change distances by 1 % at most. */
const steps = { uSteps: 100, vSteps: 100 } as const;

let running: AbortController | undefined;

/** Measures how far two shapes are apart; what was being measured before is given up. */
export async function compareShapes(a: ComparedShape, b: ComparedShape): Promise<void> {
  const of = JSON.stringify([a, b].map(({ key, parameters }) => [key, parameters]));
  if (comparison.value?.of === of && !comparison.value.failure) return;
  stopComparing();
  const controller = new AbortController();
  running = controller;
  const tell = (change: Partial<Comparison>) => {
    if (running === controller) comparison.value = { ...comparison.value!, ...change };
  };
  try {
    const mesh = ({ scene, parameters }: ComparedShape) => tessellate(scene.surface, parameters, steps);
    const meshes = { a: mesh(a), b: mesh(b) };
    comparison.value = { of, meshes };
    const { signal } = controller;
    const found = await worker.ask('compare', meshes, { signal, onEvent: (distances) => tell({ distances }) });
    tell({ found });
  } catch (error) {
    if (controller.signal.aborted) return;
    comparison.value = { of, meshes: comparison.value?.meshes ?? noMeshes, failure: sentenceOf(error) };
  }
}

const none = { positions: new Float32Array(), indices: new Uint32Array() };
const noMeshes = { a: none, b: none };

/** Gives up what is being measured, if anything is. */
export function stopComparing(): void {
  running?.abort();
  running = undefined;
  comparison.value = undefined;
}
