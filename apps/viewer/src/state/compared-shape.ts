import type { Verdict } from '@kanrecon/reconstruction';
import type { Vector3 } from '@kanrecon/render';
import { type DrawnView, drawShape, drawView, type Scene, sceneByName, typicalView } from '@kanrecon/scene';
import type { Case } from './case.js';
import { sameEdit } from './edits.js';
import { refinedBy } from './estimate.js';
import type { Estimate, EstimateRow } from './estimate-row.js';
import { networkRows } from './network-rows.js';
import { refinedRows } from './refined-rows.js';
import { shownOf } from './shown.js';
import type { ViewerModel } from './viewer-model.js';

/** A shape that can be laid beside another: what an image really shows, what was found in it, or what was set by hand. */
export interface ComparedShape {
  /** Tells it from all others, and stays. */
  readonly key: string;
  readonly case: Case;
  readonly kind: 'real' | 'network' | 'refined' | 'set';
  /** Name of the model that found it. */
  readonly model?: string;
  /** In a few words. */
  readonly label: string;
  readonly scene: Scene;
  /** By name, in units: those that are drawn. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly view: DrawnView;
  readonly baseColor: Vector3;
  /** What is known of each parameter; of real shapes and such as were set, all is. */
  readonly rows?: readonly EstimateRow[];
  /** What its model makes of the image, as far as that was looked at. */
  readonly verdict?: Verdict;
}

/** All shapes of a case: real, by networks, refined, set by hand. */
export function shapesOf(item: Case, models: ReadonlyMap<string, ViewerModel>): readonly ComparedShape[] {
  const own = item.model && models.get(item.model);
  const real = realShape(item, own || undefined);
  const found = [...models.values()].flatMap((model) => [...networkShape(item, model), ...refinedShape(item, model)]);
  return [...(real ? [real] : []), ...found, ...setShape(item, own || undefined, found)];
}

/** What the image of a case shows, where that is known: of samples, and of images with a label. */
function realShape(item: Case, model: ViewerModel | undefined): ComparedShape | undefined {
  const { id, origin, label } = item;
  const common = { key: `${id} real`, case: item, kind: 'real', label: 'real' } as const;
  if (origin.kind === 'sample') {
    const scene = sceneByName(origin.scene);
    const { parameters, baseColor } = drawShape(scene, origin.seed, 0);
    return { ...common, scene, parameters, view: drawView(scene, origin.seed, 0, 0), baseColor };
  }
  if (!label || !model) return undefined;
  const { scene } = model;
  const named = scene.surface.parameters.every(({ name }) => Object.hasOwn(label.parameters, name));
  if (!named) return undefined;
  const baseColor = label.baseColor ?? shownOf({ ...item, look: undefined }, model)?.baseColor ?? grey;
  return { ...common, scene, parameters: label.parameters, view: typicalView(scene, label.cameraAngles), baseColor };
}

const grey = [0.4, 0.4, 0.4] as const;

function networkShape(item: Case, model: ViewerModel): ComparedShape[] {
  const answer = item.answers.find((one) => one.model === model.name);
  if (!answer) return [];
  const verdict = item.verdicts.find((one) => one.model === model.name)?.verdict;
  const estimate = networkRows(answer, model, verdict);
  return [foundShape(item, model, 'network', `network ${model.name}`, estimate, verdict)];
}

function refinedShape(item: Case, model: ViewerModel): ComparedShape[] {
  const refined = refinedBy(item, model.name);
  if (!refined) return [];
  const estimate = refinedRows(refined, model);
  return [foundShape(item, model, 'refined', `refined, ${model.name}`, estimate, refined.verdict)];
}

function foundShape(
  item: Case,
  { name, scene }: ViewerModel,
  kind: 'network' | 'refined',
  label: string,
  { parameters, view, baseColor, rows }: Estimate,
  verdict: Verdict | undefined,
): ComparedShape {
  return {
    ...{ key: `${item.id} ${kind} ${name}`, case: item, kind, model: name, label },
    ...{ scene, parameters, view, baseColor, rows },
    ...(verdict && { verdict }),
  };
}

/** What was set by hand, where that is something else than what was found. */
function setShape(item: Case, model: ViewerModel | undefined, found: readonly ComparedShape[]): ComparedShape[] {
  const { edit } = item;
  // While renderings are fitted, it is another one at every step.
  const object = edit && item.phase !== 'refining' ? shownOf(item, model) : undefined;
  if (!edit || !object) return [];
  const seen = ({ scene, view, baseColor }: Pick<ComparedShape, 'scene' | 'view' | 'baseColor'>) =>
    JSON.stringify([scene.pattern, view.light, baseColor]);
  const same = (one: ComparedShape) =>
    sameEdit({ ...edit, parameters: one.parameters }, edit) && (!item.look || seen(one) === seen(object));
  if (found.some(same)) return [];
  const { scene, parameters, view, baseColor } = object;
  const label = item.origin.kind === 'link' ? 'of the link' : 'set by hand';
  return [{ key: `${item.id} set`, case: item, kind: 'set', label, scene, parameters, view, baseColor }];
}
