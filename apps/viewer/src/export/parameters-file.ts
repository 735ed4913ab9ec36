import { formatLabel } from '@kanrecon/dataset';
import type { ShownObject } from '../state/shown.js';

/** Parameters, camera and colour as the study's label files have them: `param_<image>.json`. @param imageFile base name of the image */
export function parametersFile({ parameters, view, baseColor }: ShownObject, imageFile: string): Blob {
  const [red, green, blue] = baseColor;
  const text = formatLabel({ parameters, cameraAngles: view.cameraAngles, imageFile, baseColor: [red, green, blue] });
  return new Blob([text], { type: 'application/json' });
}
