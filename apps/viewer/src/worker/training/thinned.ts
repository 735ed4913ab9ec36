import type { LossPoint } from '../../storage/kept-model.js';

/** Points that are kept of a curve, at most. */
const most = 400;

/** A curve with at most 400 points: neighbours are taken together, by their means. */
export function thinned(curve: readonly LossPoint[]): readonly LossPoint[] {
  if (curve.length <= most) return curve;
  const taken = Math.ceil(curve.length / most);
  const thin: LossPoint[] = [];
  for (let i = 0; i < curve.length; i += taken) {
    const part = curve.slice(i, i + taken);
    const images = part.at(-1)!.images;
    thin.push({ images, loss: part.reduce((sum, { loss }) => sum + loss, 0) / part.length });
  }
  return thin;
}
