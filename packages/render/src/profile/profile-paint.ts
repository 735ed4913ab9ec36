import type { SurfaceDomain } from '@kanrecon/geometry';
import type { Paint } from '../patterns/paint.js';
import type { Profile } from './surface-profile.js';

/** The same paint in a profile's coordinates: the angle about the z axis instead of u. A twist is a change of that angle along v. */
export function profilePaint(paint: Paint, profile: Profile, domain: SurfaceDomain): Paint {
  const { count, v, turn } = profile;
  const { uMin, uMax, vMin, vMax } = domain;
  const angles = unwrappedAngles(profile);
  const last = count - 2;
  const perV = (count - 1) / (v[count - 1] - v[0]);
  const share = turn / (2 * Math.PI);
  return {
    smooth: paint.smooth,
    color(around, height, out) {
      const at = Math.min(Math.max((height - vMin) * perV, 0), last + 1);
      const k = Math.min(at | 0, last);
      const start = angles[k] + (at - k) * (angles[k + 1] - angles[k]);
      const turned = (around - start) * share;
      paint.color(uMin + (turned - Math.floor(turned)) * (uMax - uMin), Math.min(Math.max(height, vMin), vMax), out);
    },
  };
}

/** A profile's angles without jumps by a whole turn; on the axis, where there is no angle, its neighbour's. */
function unwrappedAngles({ count, radius, angle }: Profile): Float64Array {
  const axis = 1e-9 * radius.reduce((most, r) => Math.max(most, r), 0);
  const out = new Float64Array(count);
  let known = radius.findIndex((r) => r > axis);
  out.fill(angle[known], 0, known + 1);
  for (let k = known + 1; k < count; k++) {
    if (radius[k] > axis) {
      const step = angle[k] - angle[known];
      out[k] = out[known] + step - 2 * Math.PI * Math.round(step / (2 * Math.PI));
      known = k;
    } else {
      out[k] = out[known];
    }
  }
  return out;
}
