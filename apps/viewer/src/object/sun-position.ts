import type { DrawnLight } from '@kanrecon/scene';

/** How the 3D view's own sun leans. */
const lean = [0.25, -0.2] as const;
/** Radians; a sun that is tilted as much is where the scene has it. */
const leanEnds = Math.PI / 9;

/**
 * Where the sun of the 3D view is, at any distance. The study's stands straight above, where walls show no shape: one that is no more than
 * 20° from there leans to one side, the less the more it is tilted.
 */
export function sunPosition({ tilt, azimuth }: Pick<DrawnLight, 'tilt' | 'azimuth'>): [number, number, number] {
  const share = Math.max(0, 1 - tilt / leanEnds);
  const sine = Math.sin(tilt);
  return [sine * Math.cos(azimuth) + share * lean[0], sine * Math.sin(azimuth) + share * lean[1], Math.cos(tilt)];
}
