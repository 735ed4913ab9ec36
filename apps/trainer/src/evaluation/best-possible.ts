import type { DatasetPreset } from '@kanrecon/dataset';

/** The best R² that any reader of the images can reach, by parameter. */
export interface BestPossible {
  /** Where the numbers come from. */
  source: string;
  r2: Readonly<Record<string, number>>;
}

/**
 * By surface. An image of the study's data set does not tell everything: twist only slides points along circles, which a
 * plain colour does not show, and the camera is fitted to the object, so size is known only up to one common factor.
 */
const table: Record<string, BestPossible> = {
  'spiral-cylinder': {
    source:
      "posterior mean given all that the study's images can show, 400,000 draws from the parameters' distribution",
    r2: { radius: 0.721, height: 0.721, twist_amp: 0, twist_freq: 0, wave_amp: 0.927, wave_freq: 0.814 },
  },
};

/** What the best possible scores hang on. */
export type ImageLook = Pick<DatasetPreset, 'surface' | 'pattern' | 'camera'>;

/** The best possible scores on images of this look, if they are known: those of plain objects that the camera is fitted to. */
export function bestPossible({ surface, pattern, camera }: ImageLook): BestPossible | undefined {
  if (pattern !== 'plain' || camera.placement !== 'fitted') return undefined;
  return Object.hasOwn(table, surface.name) ? table[surface.name] : undefined;
}

/** The parameters that an image can show at all; every one of them where nothing is known about such images. */
export function visibleParameters(look: ImageLook): string[] {
  const best = bestPossible(look);
  const names = look.surface.parameters.map(({ name }) => name);
  return names.filter((name) => !best || (best.r2[name] ?? 0) > 0);
}

/** The plain mean. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
