import { surfaceByName, surfaceNames } from '@kanrecon/geometry';
import { headNames } from '@kanrecon/model/names';
import { type SceneJson, sceneByName, sceneNames, sceneToJson, sceneWith } from '@kanrecon/scene';
import { signal } from '@preact/signals';
import { ownSurfaceName } from '../surfaces/parse-surface-text.js';
import type { TrainSettings } from '../worker/training/train-settings.js';
import { typedSurface } from './store.js';
import type { ViewerModel } from './viewer-model.js';

/** What is chosen for the next training. */
export interface TrainChoices extends Omit<TrainSettings, 'scene' | 'learningRate' | 'begin'> {
  /** One of {@link thingsToTrain}. */
  readonly thing: string;
  /** As it is typed; nothing for the usual one. */
  readonly learningRate: string;
  /** Name of the model whose weights it begins with; nothing for random ones. */
  readonly begin: string;
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
  begin: '',
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

/** The rate that suits a network: see README. What has been learned already would be lost at the rate that random weights need. */
export function usualRate({ backbone, head, begin }: Pick<TrainChoices, 'backbone' | 'head' | 'begin'>): number {
  const fromRandom =
    backbone !== 'smallCnn'
      ? 0.002
      : head === 'mlp' || head === 'efficientKAN' || head === 'fourierKAN'
        ? 0.015
        : 0.005;
  return begin === '' ? fromRandom : fromRandom / 5;
}

/** The models that a training can begin from: those whose backbone can be trained here. */
export function beginnings(models: Iterable<ViewerModel>): readonly ViewerModel[] {
  return [...models].filter(({ network }) => Object.hasOwn(backbones, network.backbone));
}

/** The choices for a training that begins from a model: its network, and where that is one of the scenes what it sees. */
export function choicesFrom(choices: TrainChoices, { name, network, scene }: ViewerModel): TrainChoices {
  const { backbone, head, imageSize, camera, intervals } = network;
  const thing = (sceneNames as readonly string[]).includes(scene.name) ? { thing: scene.name } : {};
  return {
    ...{ ...choices, ...thing, begin: name },
    ...{ backbone: backbone as TrainChoices['backbone'], head, imageSize, camera, intervals },
  };
}

/** The choices as a training takes them. */
export function chosenSettings(choices: TrainChoices, from: ViewerModel | undefined = undefined): TrainSettings {
  const { thing, learningRate, begin: _, ...rest } = choices;
  const rate = learningRate.trim() === '' ? usualRate(choices) : Number(learningRate);
  return { ...rest, scene: chosenScene(thing), learningRate: rate, ...(from && { begin: beginOf(choices, from) }) };
}

/** Another head has other layers. */
function beginOf({ head }: TrainChoices, { name, network }: ViewerModel): NonNullable<TrainSettings['begin']> {
  const { widths, fit, mean, std } = network;
  return { model: name, widths: head === network.head ? widths : [], fit, mean, std };
}

function chosenScene(thing: string): string | SceneJson {
  if ((sceneNames as readonly string[]).includes(thing)) return thing;
  const surface = (thing === ownSurfaceName && typedSurface.value) || surfaceByName(thing);
  return sceneToJson(sceneWith(sceneByName('observable'), { surface }));
}
