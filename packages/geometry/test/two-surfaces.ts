import { surfaceDistances } from '../src/distances/surface-distances.js';
import { spiralCylinder } from '../src/surfaces/built-in/spiral-cylinder.js';
import { tessellate } from '../src/surfaces/tessellate.js';

/** From the vertices of one surface to another that is near. */
export function distances(): Float64Array {
  const steps = { uSteps: 40, vSteps: 30 };
  return surfaceDistances(
    tessellate(spiralCylinder, [1, 2, 1.5, 3, 0.3, 3], steps),
    tessellate(spiralCylinder, [1.1, 2.1, 1.4, 3, 0.2, 3], steps),
  );
}
