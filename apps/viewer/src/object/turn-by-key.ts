import type { Orbit } from '../state/store.js';

/** Radians of one key press. */
const turn = Math.PI / 36;
const nearer = 0.93;
const margin = 0.01;
const distances = [2, 30] as const;

/** The camera after a key: arrows turn it, plus and minus move it; undefined for other keys. */
export function turnByKey(key: string, orbit: Orbit): Orbit | undefined {
  const polar = (value: number) => Math.min(Math.PI - margin, Math.max(margin, value));
  const distance = (value: number) => Math.min(distances[1], Math.max(distances[0], value));
  switch (key) {
    case 'ArrowLeft':
      return { ...orbit, azimuth: orbit.azimuth - turn };
    case 'ArrowRight':
      return { ...orbit, azimuth: orbit.azimuth + turn };
    case 'ArrowUp':
      return { ...orbit, polar: polar(orbit.polar - turn) };
    case 'ArrowDown':
      return { ...orbit, polar: polar(orbit.polar + turn) };
    case '+':
    case '=':
      return { ...orbit, distance: distance(orbit.distance * nearer) };
    case '-':
      return { ...orbit, distance: distance(orbit.distance / nearer) };
    default:
      return undefined;
  }
}
