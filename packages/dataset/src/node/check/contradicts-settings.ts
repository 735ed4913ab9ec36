import type { Scene } from '@kanrecon/scene';
import { drawShape, drawView } from '@kanrecon/scene';
import type { Sample } from '../../sample.js';
import type { SynthesisSettings } from '../manifest-schema.js';
import { drawsTheSame } from '../package-versions.js';

/** Of a parameter's range, radians, or linear colour; labels hold numbers in full, and degrees that are rounded on their way. */
const tolerance = 1e-6;

/**
 * Tells what in a label is not what its data set's settings draw, in words: `"twist_amp" is 1.2, not 1.05`; `undefined` if nothing,
 * the settings do not have the view, or another version drew it.
 */
export function labelChecker(
  scene: Scene | undefined,
  settings: SynthesisSettings | undefined,
): (sample: Pick<Sample, 'shape' | 'view' | 'parameters' | 'cameraAngles' | 'baseColor'>) => string | undefined {
  if (!scene || !settings || !drawsTheSame(settings)) return () => undefined;
  return ({ shape, view, parameters, cameraAngles, baseColor }) => {
    if (shape >= settings.shapes || view >= settings.viewsPerShape) return undefined;
    const drawn = drawShape(scene, settings.seed, shape);
    const angles = drawView(scene, settings.seed, shape, view).cameraAngles;
    const values = [
      ...scene.surface.parameters.map(({ name, min, max }) => ({
        ...{ name, scale: max - min || 1, has: parameters[name]!, drawn: drawn.parameters[name] },
      })),
      ...(['x', 'y', 'z'] as const).map((axis) => ({
        ...{ name: `the camera's ${axis} angle`, scale: 1, has: cameraAngles[axis], drawn: angles[axis] },
      })),
      ...(baseColor ?? []).map((has, i) => ({ name: 'base_color', scale: 1, has, drawn: drawn.baseColor[i] })),
    ];
    const wrong = values.find((value) => !(Math.abs(value.has - value.drawn) <= tolerance * value.scale));
    return wrong && `${wrong.name} is ${wrong.has}, not ${wrong.drawn}`;
  };
}
