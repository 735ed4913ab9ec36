import { surfaceByName, surfaceNames } from '@kanrecon/geometry';
import { headNames } from '@kanrecon/model/names';
import { type SceneJson, sceneByName, sceneNames, sceneToJson, sceneWith } from '@kanrecon/scene';
import { signal } from '@preact/signals';
import { ownSurfaceName } from '../surfaces/parse-surface-text.js';
import type { TrainSettings } from '../worker/training/train-settings.js';
import { typedSurface } from './store.js';

/** What is chosen for the next training. */
export interface TrainChoices extends Omit<TrainSettings, 'scene' | 'learningRate'> {
  /** One of {@link thingsToTrain}. */
  readonly thing: string;
  /** As it is typed; nothing for the usual one. */
  readonly learningRate: string;
}

/** At first the recipe `small`, with fewer images: some minutes instead of an hour. */
export const trainChoices = signal<TrainChoices>({
  thing: 'observable',
  backbone: 'smallCnn',
  head: 'mlp',
  epochs: 12,
  epochImages: 2048,
  seed: 1,
  imageSize: 64,
  batchSize: 32,
  learningRate: '',
  camera: true,
  intervals: true,
  drawers: 0,
});

export const backbones = { smallCnn: 'Small CNN', squeezeNet11: 'SqueezeNet 1.1' } as const;

/** Every head, with the name that people read. */
export const heads: readonly { readonly name: string; readonly words: string }[] = headNames.map(({ name }) => ({
  name,
  words:
    name === 'mlp'
      ? 'MLP'
      : name
          .replace(/KAN$/, ' KAN')
          .replace(/[a-z](?=[A-Z][a-z])/g, '$& ')
          .replace(/^./, (letter) => letter.toUpperCase()),
}));

/** Surfaces that no scene shows; they are seen as the scene `observable` is. */
export const otherSurfaces = surfaceNames().filter(
  (name) => !sceneNames.some((scene) => sceneByName(scene).surface.name === name),
);

/** The rate that suits a network from random weights: see README. */
export function usualRate({ backbone, head }: Pick<TrainChoices, 'backbone' | 'head'>): number {
  if (backbone !== 'smallCnn') return 0.002;
  return head === 'mlp' || head === 'efficientKAN' || head === 'fourierKAN' ? 0.015 : 0.005;
}

/** The choices as a training takes them. */
export function chosenSettings({ thing, learningRate, ...rest }: TrainChoices): TrainSettings {
  const rate = learningRate.trim() === '' ? usualRate(rest) : Number(learningRate);
  return { ...rest, scene: chosenScene(thing), learningRate: rate };
}

function chosenScene(thing: string): string | SceneJson {
  if ((sceneNames as readonly string[]).includes(thing)) return thing;
  const surface = (thing === ownSurfaceName && typedSurface.value) || surfaceByName(thing);
  return sceneToJson(sceneWith(sceneByName('observable'), { surface }));
}
