import type { Vector3 } from '@kanrecon/render';
import { type DrawnView, type Scene, typicalView } from '@kanrecon/scene';
import { computed } from '@preact/signals';
import type { Case } from './case.js';
import { estimateOf, refinedBy, verdictOf } from './estimate.js';
import { withLook } from './look.js';
import { current, models } from './store.js';
import { surfaceScene } from './surface-scene.js';
import type { ViewerModel } from './viewer-model.js';

/** The object as it is drawn at this moment. */
export interface ShownObject {
  readonly scene: Scene;
  /** The model that found it, if one did. */
  readonly model?: ViewerModel;
  readonly parameters: Readonly<Record<string, number>>;
  readonly view: DrawnView;
  readonly baseColor: Vector3;
}

/** The model of the current case. */
const currentModel = computed(() => {
  const name = current.value?.model;
  return name === undefined ? undefined : models.value.get(name);
});

/** What is believed of the current case. */
export const currentEstimate = computed(() => current.value && estimateOf(current.value, currentModel.value));

/** What is drawn: a step of refinement while it goes on, else what was set by hand or came by a link, else the estimate. */
export const shown = computed(() => current.value && shownOf(current.value, currentModel.value));

/** What is drawn of a case. @param model of the case, if there is one */
export function shownOf(item: Case, model: ViewerModel | undefined): ShownObject | undefined {
  const plain = plainlyShown(item, model);
  const steps = item.phase === 'refining' && item.step !== undefined;
  return plain && (steps ? plain : withLook(plain, item.look));
}

/** The same without what was set of camera, colour and light. */
function plainlyShown(item: Case, model: ViewerModel | undefined): ShownObject | undefined {
  if (item.surface && item.edit) {
    const scene = surfaceScene(item.surface);
    return { scene, parameters: item.edit.parameters, view: typicalView(scene, overhead), baseColor: grey };
  }
  if (!model) return undefined;
  const { scene } = model;
  if (item.step) {
    const { view, baseColor } = item.step;
    const parameters =
      item.phase === 'refining' ? item.step.parameters : (item.edit?.parameters ?? item.step.parameters);
    return { scene, model, parameters, view, baseColor };
  }
  const estimate = estimateOf(item, model);
  const parameters = item.edit?.parameters ?? estimate?.parameters;
  if (!parameters) return undefined;
  return {
    scene,
    model,
    parameters,
    view: estimate?.view ?? typicalView(scene, overhead),
    baseColor: estimate?.baseColor ?? grey,
  };
}

const overhead = { x: (50 * Math.PI) / 180, y: 0, z: 0 };
const grey = [0.4, 0.4, 0.4] as const;

/**
 * Whether the verdict keeps the numbers and the object back. Not of what was refined with locked values: they may be the reason, and must
 * stay at hand.
 */
export const heldBack = computed(() => {
  const item = current.value;
  if (!item?.model || item.shownAnyway || item.step) return false;
  const known = Object.keys(refinedBy(item, item.model)?.known ?? {});
  return known.length === 0 && verdictOf(item)?.verdict.kind === 'foreign';
});
