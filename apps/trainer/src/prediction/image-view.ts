import { basename, dirname, resolve } from 'node:path';
import { type Label, parseLabelFileName, sampleView } from '@kanrecon/dataset';
import { datasetScene } from '@kanrecon/dataset/node';
import { type DrawnView, type Scene, sceneToJson, typicalView } from '@kanrecon/scene';

/** Looking down at the object by half a right angle or so: the middle of the study's cameras. */
const defaultCamera: Label['cameraAngles'] = { x: (50 * Math.PI) / 180, y: 0, z: 0 };

/** What is known of an image's camera. */
export interface KnownCamera {
  /** Label that the user named for its camera. */
  camera?: Label;
  /** The image's own label, and where it lies. */
  label?: Label;
  labelPath?: string;
}

/**
 * How to look at what was found in an image. In a data set that was synthesised from the same scene, that is the very camera and
 * light of the image; otherwise the label's or a usual direction, with light and lens typical of the scene.
 */
export async function imageView(scene: Scene, known: KnownCamera): Promise<DrawnView> {
  const { camera, label, labelPath } = known;
  const id = labelPath && parseLabelFileName(basename(labelPath));
  if (!camera && label && labelPath && id) {
    // <data set>/<split>/labels/<file>
    const found = await datasetScene(resolve(dirname(labelPath), '..', '..')).catch(() => undefined);
    if (found?.recipe && found.scene && sameScene(found.scene, scene)) {
      return sampleView(scene, { ...id, cameraAngles: label.cameraAngles }, found.recipe.seed);
    }
  }
  return typicalView(scene, (camera ?? label)?.cameraAngles ?? defaultCamera);
}

/** Whether two scenes are alike in all but the surface, whose ranges a run may have from an earlier version. */
function sameScene(a: Scene, b: Scene): boolean {
  const text = ({ surface: _, ...rest }: ReturnType<typeof sceneToJson>) => JSON.stringify(rest);
  return a.surface.name === b.surface.name && text(sceneToJson(a)) === text(sceneToJson({ ...b, surface: a.surface }));
}
