/** What a head is called: pure data, so that help texts and flags load no network code. */
export interface HeadNames {
  /** In configurations; for a KAN head the name of its layer's function in `@kanrecon/kan-layers`. */
  readonly name: string;
  /** In the study's model names, or a name of the same kind for heads that the study does not have. */
  readonly studyName: string;
  /** Short, for command lines. */
  readonly flag: string;
}

/** Every head's names, the default first. What builds them is in `head-table.ts`. */
export const headNames = [
  { name: 'fourierKAN', studyName: 'FOURIER', flag: 'fourier' },
  { name: 'efficientKAN', studyName: 'EFFK', flag: 'efficient' },
  { name: 'mlp', studyName: 'CLASSICA', flag: 'mlp' },
  { name: 'fastKAN', studyName: 'FSTK', flag: 'fast' },
  { name: 'fasterKAN', studyName: 'FASTER', flag: 'faster' },
  { name: 'chebyshevKAN', studyName: 'CHEBYSHEV', flag: 'chebyshev' },
  { name: 'jacobiKAN', studyName: 'JACOBI', flag: 'jacobi' },
  { name: 'legendreKAN', studyName: 'LEGENDRE', flag: 'legendre' },
  { name: 'waveletKAN', studyName: 'WAVELET', flag: 'wavelet' },
  { name: 'rationalKAN', studyName: 'RATIONAL', flag: 'rational' },
  { name: 'classicFourierKAN', studyName: 'CLASSICFOURIER', flag: 'classic-fourier' },
] as const satisfies readonly HeadNames[];

/** What a head can say of its own certainty: nothing, or the standard deviation of each target. */
export const uncertainties = ['none', 'gaussian'] as const;

/** Kind of a regression head. */
export type HeadType = (typeof headNames)[number]['name'];

/** The kinds of regression head: an MLP, and every layer of `@kanrecon/kan-layers` by the name of its function. */
export const headTypes: readonly HeadType[] = headNames.map(({ name }) => name);
