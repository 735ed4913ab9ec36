import type { Target } from '../src/targets/target.js';

/** The six numbers of the study's spiral cylinder, with its ranges. */
export const spiralTargets: readonly Target[] = [
  { name: 'radius', min: 0.5, max: 1.5 },
  { name: 'height', min: 1, max: 3 },
  { name: 'twist_amp', min: 0.5, max: 2 },
  { name: 'twist_freq', min: 1, max: 3 },
  { name: 'wave_amp', min: 0, max: 0.5 },
  { name: 'wave_freq', min: 1, max: 4 },
];
