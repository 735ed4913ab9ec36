import type { HeadType } from '@kanrecon/model';

/** `--backbone` and what the model calls it. */
export const backboneFlags = { squeezenet: 'squeezeNet11', efficientnet: 'efficientNetB0', small: 'smallCnn' } as const;

/** What `--backbone` takes, the default first. */
export const backboneFlagNames = Object.keys(backboneFlags) as (keyof typeof backboneFlags)[];

/** `--head` and what the model calls it. */
export const headFlags = {
  fourier: 'fourierKAN',
  efficient: 'efficientKAN',
  mlp: 'mlp',
  fast: 'fastKAN',
  faster: 'fasterKAN',
  chebyshev: 'chebyshevKAN',
  jacobi: 'jacobiKAN',
  legendre: 'legendreKAN',
  wavelet: 'waveletKAN',
  rational: 'rationalKAN',
  'classic-fourier': 'classicFourierKAN',
} as const satisfies Record<string, HeadType>;

/** What `--head` takes. */
export type HeadFlag = keyof typeof headFlags;

/** The same as a list, the default first. */
export const headFlagNames = Object.keys(headFlags) as HeadFlag[];
