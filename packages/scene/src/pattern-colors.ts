import { parameterVector } from '@kanrecon/geometry';
import { patternByName } from '@kanrecon/render';
import type { DrawnShape } from './draw-shape.js';
import type { Scene } from './scene.js';

/**
 * The pattern's colour at every vertex of the mesh that `tessellate` makes with these steps.
 *
 * @returns linear RGB, three numbers a vertex
 */
export function patternColors(
  { surface, pattern }: Scene,
  { parameters, baseColor }: DrawnShape,
  { uSteps, vSteps }: { uSteps: number; vSteps: number },
): Float32Array {
  const { parts = 1 } = surface;
  const whole = surface.domain(parameterVector(surface, parameters));
  const width = (whole.uMax - whole.uMin) / parts;
  const { color } = patternByName(pattern);
  const colors = new Float32Array(3 * parts * (uSteps + 1) * (vSteps + 1));
  const out = new Float64Array(3);
  let offset = 0;
  for (let part = 0; part < parts; part++) {
    const uMin = whole.uMin + part * width;
    const domain = { ...whole, uMin, uMax: uMin + width };
    for (let i = 0; i <= uSteps; i++) {
      for (let j = 0; j <= vSteps; j++, offset += 3) {
        const v = whole.vMin + ((whole.vMax - whole.vMin) * j) / vSteps;
        color(uMin + (width * i) / uSteps, v, baseColor, domain, out);
        colors.set(out, offset);
      }
    }
  }
  return colors;
}
