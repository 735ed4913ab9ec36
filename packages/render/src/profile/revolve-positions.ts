import type { Scratch } from '../scratch.js';
import type { LitProfile } from './profile-light.js';
import type { RevolveSteps } from './revolve.js';

/** World coordinates of the vertices that `revolve` projects, on the circles themselves: x, y, z of each. */
export function revolvePositions(
  { radius, z }: LitProfile,
  { around, rows, rowCount, coordinates = false }: RevolveSteps,
  scratch: Scratch,
): Float64Array {
  const columns = coordinates ? around + 1 : around;
  const positions = scratch.float64('revolvedPositions', 3 * columns * rowCount);
  for (let i = 0, at = 0; i < columns; i++) {
    const angle = ((i % around) * 2 * Math.PI) / around;
    const c = Math.cos(angle);
    const s = Math.sin(angle);
    for (let j = 0; j < rowCount; j++, at += 3) {
      positions[at] = radius[rows[j]] * c;
      positions[at + 1] = radius[rows[j]] * s;
      positions[at + 2] = z[rows[j]];
    }
  }
  return positions;
}
