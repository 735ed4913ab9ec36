import type { Profile } from './surface-profile.js';

/** A profile cut into pieces that lie wholly in the sun or wholly in shadow. */
export interface LitProfile extends Profile {
  /** Per piece k, from point k to point k + 1: 1 if nothing is straight above it, else 0. */
  lit: Uint8Array;
}

/**
 * Finds where a surface of revolution shadows itself under a vertical sun, and puts a point of the profile on every border of
 * light and shadow. Exact for the profile as a polyline: a piece is in shadow where another piece crosses the vertical above
 * it. (For a tube this is the study's rule: the outer side is in shadow where the greatest radius above exceeds its own, the
 * inner side where the least radius above is below its own. A piece has only one side that looks up, so one flag serves both.)
 */
export function lightProfile(profile: Profile): LitProfile {
  const { count, radius, z, v, angle } = profile;
  const lit = new Uint8Array(count - 1);
  for (let k = 0; k + 1 < count; k++) {
    lit[k] = isOpenAbove(profile, k, 0.5) ? 1 : 0;
  }
  const out = { radius: [radius[0]], z: [z[0]], v: [v[0]], angle: [angle[0]], lit: [] as number[] };
  const push = (k: number, f: number, isLit: number) => {
    out.radius.push(radius[k] + f * (radius[k + 1] - radius[k]));
    out.z.push(z[k] + f * (z[k + 1] - z[k]));
    out.v.push(v[k] + f * (v[k + 1] - v[k]));
    // Angles of neighbouring points may differ by a turn of atan2; the shorter way round is meant.
    const step = angle[k + 1] - angle[k];
    out.angle.push(angle[k] + f * (step - 2 * Math.PI * Math.round(step / (2 * Math.PI))));
    out.lit.push(isLit);
  };
  for (let k = 0; k + 1 < count; k++) {
    // Between the middles of piece k − 1 and piece k the light may change: in the second half of k − 1 or the first of k.
    if (k > 0 && lit[k - 1] !== lit[k]) {
      const atPoint = isOpenAbove(profile, k, 0) ? 1 : 0;
      if (atPoint !== lit[k]) {
        push(k, border(profile, k, 0, 0.5), lit[k - 1]);
      } else {
        // The point just pushed ended piece k − 1; its border lies before it.
        const last = out.radius.length - 1;
        const end = { radius: out.radius[last], z: out.z[last], v: out.v[last], angle: out.angle[last] };
        for (const list of [out.radius, out.z, out.v, out.angle]) list.pop();
        out.lit.pop();
        push(k - 1, border(profile, k - 1, 0.5, 1), lit[k - 1]);
        out.radius.push(end.radius);
        out.z.push(end.z);
        out.v.push(end.v);
        out.angle.push(end.angle);
        out.lit.push(lit[k]);
      }
    }
    push(k, 1, lit[k]);
  }
  return {
    count: out.radius.length,
    radius: Float64Array.from(out.radius),
    z: Float64Array.from(out.z),
    v: Float64Array.from(out.v),
    angle: Float64Array.from(out.angle),
    turn: profile.turn,
    lit: Uint8Array.from(out.lit),
  };
}

/** Where along piece k, between fractions a and b, light changes. */
function border(profile: Profile, k: number, a: number, b: number): number {
  const atA = isOpenAbove(profile, k, a);
  for (let step = 0; step < 12; step++) {
    const middle = (a + b) / 2;
    if (isOpenAbove(profile, k, middle) === atA) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}

/** Whether nothing crosses the vertical above the point at fraction f of piece k. */
function isOpenAbove({ count, radius, z }: Profile, k: number, f: number): boolean {
  const r = radius[k] + f * (radius[k + 1] - radius[k]);
  const height = z[k] + f * (z[k + 1] - z[k]);
  for (let i = 0; i + 1 < count; i++) {
    const da = radius[i] - r;
    const db = radius[i + 1] - r;
    if (da * db > 0 || i === k) continue;
    if (da === db) {
      // A vertical piece on the same radius.
      if (Math.max(z[i], z[i + 1]) > height) return false;
      continue;
    }
    if (z[i] + ((z[i + 1] - z[i]) * da) / (da - db) > height) return false;
  }
  return true;
}
