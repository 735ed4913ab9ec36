import { computed, signal } from '@preact/signals';
import type { EdgeInside, HeadInside } from '../worker/findings.js';
import type { ModelName } from './model-name.js';
import { current, models } from './store.js';

/** Which model is looked into, once one was chosen. */
const chosen = signal<ModelName | undefined>(undefined);

/** The model that is looked into: the chosen one, else that of the current image, else the first. */
export const insideModel = computed(() => {
  const names = [...models.value.keys()];
  return [chosen.value, current.value?.model, ...names].find((name) => name !== undefined && names.includes(name));
});

export function chooseInside(name: ModelName): void {
  chosen.value = name;
}

/** Edges that count for less are taken out; 0 leaves all of them. */
export const pruneThreshold = signal(0);

/** How many edges are drawn. */
export const drawnEdges = signal(80);

/** What was found inside. */
export interface Inside {
  readonly model: ModelName;
  readonly threshold: number;
  readonly busy: boolean;
  /** Images drawn for it, of how many. */
  readonly progress?: { readonly done: number; readonly total: number };
  readonly found?: HeadInside;
  /** Name of the image whose answer is in it. */
  readonly image?: string;
  /** Why there is nothing, in a sentence. */
  readonly failure?: string;
}

export const inside = signal<Inside | undefined>(undefined);

/** An edge that was chosen: layer, input and unit, counted from 0. */
export type EdgePlace = readonly [layer: number, input: number, unit: number];

/** The edge that is looked at, and its function once it is read. */
export const chosenEdge = signal<{ readonly place: EdgePlace; readonly read?: EdgeInside } | undefined>(undefined);
