import type { Mesh } from '@kanrecon/geometry';
import { computed, signal } from '@preact/signals';
import type { MeshComparison, VertexDistances } from '../worker/findings.js';
import { type ComparedShape, shapesOf } from './compared-shape.js';
import { cases, current, models } from './store.js';

/** Every shape that can be compared, those of the current image first. */
export const comparable = computed((): readonly ComparedShape[] => {
  const first = current.value;
  const others = cases.value.filter(({ id }) => id !== first?.id);
  return [...(first ? [first] : []), ...others].flatMap((item) => shapesOf(item, models.value));
});

/** Keys of the shapes that were chosen by hand while an image was the current one; another image begins anew. */
export const chosenShapes = signal<{ readonly of?: number; readonly a?: string; readonly b?: string }>({});

/** The two shapes that are compared: real against the best that was found, unless others were chosen. */
export const comparedShapes = computed((): { readonly a?: ComparedShape; readonly b?: ComparedShape } => {
  const item = current.value;
  const chosen = chosenShapes.value.of === item?.id ? chosenShapes.value : {};
  const byKey = (key: string | undefined) => comparable.value.find((shape) => shape.key === key);
  const own = comparable.value.filter((shape) => shape.case.id === item?.id);
  const find = (kind: ComparedShape['kind']) =>
    own.find((shape) => shape.kind === kind && (shape.model === undefined || shape.model === item?.model));
  const [real, network] = [find('real'), find('network')];
  const best = find('refined') ?? network ?? find('set');
  const a = byKey(chosen.a) ?? real ?? network ?? find('set');
  const b = byKey(chosen.b) ?? (best !== a ? best : undefined);
  return { ...(a && { a }), ...(b && { b }) };
});

/** What was measured between two shapes, as far as it has come. */
export interface Comparison {
  /** Both shapes' keys and parameters, in words. */
  readonly of: string;
  readonly meshes: { readonly a: Mesh; readonly b: Mesh };
  readonly distances?: VertexDistances;
  readonly found?: MeshComparison;
  /** Why there is nothing, in a sentence. */
  readonly failure?: string;
}

export const comparison = signal<Comparison | undefined>(undefined);
