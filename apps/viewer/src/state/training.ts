import type { EpochRecord, TrainingInit } from '@kanrecon/training';
import { computed, signal } from '@preact/signals';
import type { KeptModel, LossPoint } from '../storage/kept-model.js';
import type { TrainSettings } from '../worker/training/train-settings.js';
import type { ModelName } from './model-name.js';

// What the page knows of networks that are trained in it, and of those that the browser keeps.

/** A training that goes on. */
export interface Training {
  readonly name: ModelName;
  readonly settings: TrainSettings;
  /** `stopping`: the step in hand is awaited. */
  readonly phase: 'starting' | 'preparing' | 'training' | 'stopping';
  /** How far the preparations are, from 0 to 1. */
  readonly prepared: number;
  /** Weights of the network; 0 until it is made. */
  readonly weights: number;
  /** Training images so far, of so many. */
  readonly images: number;
  readonly allImages: number;
  /** From 0. */
  readonly epoch: number;
  readonly imagesPerSecond: number;
  readonly possible: number | null;
  readonly curve: readonly LossPoint[];
  readonly history: readonly EpochRecord[];
  /** What it has of the network that it began from. */
  readonly init?: TrainingInit;
}

/** The training that goes on; there is one at a time. */
export const training = signal<Training | undefined>(undefined);

/** Networks of this browser's own, the newest first. */
export const keptModels = signal<readonly KeptModel[]>([]);

/** Names of those that are here as long as the page is open: the browser has no room for them. */
export const unkeptNames = signal<ReadonlySet<ModelName>>(new Set());

/** The one whose curves are shown while none is trained. */
export const chosenName = signal<ModelName | undefined>(undefined);

/** What the curves show. */
export const shownCurves = computed(() => {
  const now = training.value;
  if (now) return { ...now, ...ofSettings(now.settings) };
  const kept = keptModels.value.find(({ name }) => name === chosenName.value);
  return kept?.training && { name: kept.name, ...kept.training, ...ofSettings(kept.training.settings) };
});

function ofSettings({ epochs, epochImages, batchSize }: TrainSettings) {
  return { epochs, imagesAnEpoch: Math.ceil(epochImages / batchSize) * batchSize };
}
