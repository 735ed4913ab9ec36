import type { ParametricSurface } from '@kanrecon/geometry';
import { computed, signal } from '@preact/signals';
import type { Sample } from '../worker/protocol.js';
import type { Case } from './case.js';
import type { ModelName } from './model-name.js';
import type { ViewerModel } from './viewer-model.js';

// The page's state, all of it: what is shown follows from these signals, and actions alone write them.

/** The networks, by name; empty until they are loaded. */
export const models = signal<ReadonlyMap<ModelName, ViewerModel>>(new Map());

/** Images in the order in which they came. */
export const cases = signal<readonly Case[]>([]);

export const currentId = signal<number | undefined>(undefined);

/** What the page is used for. */
export type Mode = 'image' | 'compare' | 'surface' | 'inside' | 'train' | 'runs';

/**
 * Whether what is found in images is shown, objects beside each other, surfaces by themselves, what networks are made of, a network that
 * is trained, or how trainings went and how good their networks are.
 */
export const mode = signal<Mode>('image');

/** The surface that is shown by itself. */
export const surfaceCase = signal<Case | undefined>(undefined);

/** The surface that was typed as formulas last, whatever is shown now. */
export const typedSurface = signal<ParametricSurface | undefined>(undefined);

/** What is looked at. */
export const current = computed(() => {
  if (mode.value === 'train' || mode.value === 'runs') return undefined;
  return mode.value === 'surface' ? surfaceCase.value : cases.value.find(({ id }) => id === currentId.value);
});

/** Images to try. */
export const samples = signal<readonly Sample[]>([]);

/** Sentences that are shown until they are closed, the newest last. */
export const notices = signal<readonly Notice[]>([]);

/** What is on top of the image. */
export const overlay = signal<Overlay>({ mode: 'overlay', opacity: 0.6 });

/** Where the object is looked at from in 3D, once that was changed. */
export const orbit = signal<Orbit | undefined>(undefined);

export interface Notice {
  readonly id: number;
  readonly kind: 'error' | 'note';
  readonly sentence: string;
}

export interface Overlay {
  readonly mode: 'overlay' | 'difference';
  /** 0 shows the image alone, 1 the rendering where it covers the image. */
  readonly opacity: number;
}

/** A camera that looks at the object's middle: radians about z from the x axis, radians from the vertical, units away. */
export interface Orbit {
  readonly azimuth: number;
  readonly polar: number;
  readonly distance: number;
}

/** Replaces some fields of a case; one that is gone meanwhile stays gone. */
export function updateCase(id: number, change: Partial<Case> | ((item: Case) => Partial<Case>)): void {
  const changed = (item: Case) => ({ ...item, ...(typeof change === 'function' ? change(item) : change) });
  if (surfaceCase.value?.id === id) surfaceCase.value = changed(surfaceCase.value);
  else cases.value = cases.value.map((item) => (item.id === id ? changed(item) : item));
}

export function findCase(id: number): Case | undefined {
  return cases.value.find((item) => item.id === id);
}

let next = 1;

export function notify(kind: Notice['kind'], sentence: string): void {
  if (notices.value.some((notice) => notice.sentence === sentence)) return;
  notices.value = [...notices.value, { id: next++, kind, sentence }];
}

export function closeNotice(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id);
}
