import { basename, dirname, resolve } from 'node:path';
import { type DrawnView, type Scene, sceneToJson, typicalView } from '@kanrecon/scene';
import { parseLabelFileName } from '../file-names.js';
import type { Label } from '../label.js';
import { sampleView } from '../sample-view.js';
import { type DatasetScene, datasetScene } from './dataset-scene.js';

/** From a label and where it lies to the view of its image. */
export type LabelViews = (labelPath: string, label: Pick<Label, 'cameraAngles'>) => Promise<DrawnView>;

/**
 * How images are looked at, told by their labels. Where a label lies in a data set that was synthesised with the same scene
 * (`<data set>/<split>/labels/<file>`), that is the very camera and light of the image, drawn again from the data set's seed; otherwise
 * the label's direction, with light and lens typical of the scene. Each data set's `synthesis.json` is read once.
 *
 * @param scene what the views are drawn with
 */
export function labelViews(scene: Scene): LabelViews {
  const datasets = new Map<string, Promise<DatasetScene | undefined>>();
  const datasetOf = (root: string) => {
    const known = datasets.get(root) ?? datasetScene(root).catch(() => undefined);
    datasets.set(root, known);
    return known;
  };
  return async (labelPath, { cameraAngles }) => {
    const id = parseLabelFileName(basename(labelPath));
    const found = id && (await datasetOf(resolve(dirname(labelPath), '..', '..')));
    if (id && found?.recipe && found.scene && sameScene(found.scene, scene)) {
      return sampleView(scene, { ...id, cameraAngles }, found.recipe.seed);
    }
    return typicalView(scene, cameraAngles);
  };
}

/** Whether two scenes are alike in all but the surface, whose ranges a run may have from an earlier version. */
function sameScene(a: Scene, b: Scene): boolean {
  const text = ({ surface: _, ...rest }: ReturnType<typeof sceneToJson>) => JSON.stringify(rest);
  return a.surface.name === b.surface.name && text(sceneToJson(a)) === text(sceneToJson({ ...b, surface: a.surface }));
}
