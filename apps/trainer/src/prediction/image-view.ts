import { basename, dirname, resolve } from 'node:path';
import { type Label, parseLabelFileName, sampleView } from '@kanrecon/dataset';
import { datasetLook } from '@kanrecon/dataset/node';
import { type DatasetPreset, type DrawnView, presetToJson, typicalView } from '@kanrecon/scene';

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
 * How to look at what was found in an image. In a data set that was synthesised with the same look, that is the very camera and
 * light of the image; otherwise the label's or a usual direction, with light and lens typical of the look.
 */
export async function imageView(preset: DatasetPreset, known: KnownCamera): Promise<DrawnView> {
  const { camera, label, labelPath } = known;
  const id = labelPath && parseLabelFileName(basename(labelPath));
  if (!camera && label && labelPath && id) {
    // <data set>/<split>/labels/<file>
    const look = await datasetLook(resolve(dirname(labelPath), '..', '..')).catch(() => undefined);
    if (look?.recipe && look.preset && sameLook(look.preset, preset)) {
      return sampleView(preset, { ...id, cameraAngles: label.cameraAngles }, look.recipe.seed);
    }
  }
  return typicalView(preset, (camera ?? label)?.cameraAngles ?? defaultCamera);
}

/** Whether two presets are alike in all but the surface, whose ranges a run may have from an earlier version. */
function sameLook(a: DatasetPreset, b: DatasetPreset): boolean {
  const look = ({ surface: _, ...rest }: ReturnType<typeof presetToJson>) => JSON.stringify(rest);
  return (
    a.surface.name === b.surface.name && look(presetToJson(a)) === look(presetToJson({ ...b, surface: a.surface }))
  );
}
