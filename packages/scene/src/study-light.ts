import type { Vector3 } from '@kanrecon/render';

/** The study's light, the renderer's default. */
export const studyLight = {
  /** Towards the sun, world coordinates. */
  direction: [-0.0051, 0.0057, 1] as Vector3,
  strength: 1,
  ambient: 0.1987,
} as const;
