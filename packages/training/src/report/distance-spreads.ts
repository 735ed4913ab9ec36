/** How one number is spread over the images. */
export interface Spread {
  mean: number;
  median: number;
  /** 90 % and 99 % of the images are no worse. */
  p90: number;
  p99: number;
  worst: number;
}

/** Of each image's mean and greatest (Hausdorff) distance between both surfaces. */
export interface DifferenceSpread {
  mean: Spread;
  hausdorff: Spread;
}

/** Distances between predicted and real surfaces over all images, as fractions of the real object's size. */
export interface DistanceSummary {
  images: number;
  /** What the distances are fractions of. */
  relativeTo: string;
  asFound: DifferenceSpread;
  /** After the one scaling that brings a prediction nearest, for images that do not show the size. */
  scaled: DifferenceSpread;
}

/** Columns of the distances' table: what stands above, and which number below. */
export const spreadColumns = [
  ['mean', 'mean'],
  ['median', 'median'],
  ['90 %', 'p90'],
  ['99 %', 'p99'],
  ['worst', 'worst'],
] as const satisfies readonly (readonly [string, keyof Spread])[];

/** The rows of the distances' table. */
export function spreadRows({ asFound, scaled }: DistanceSummary): { name: string; spread: Spread }[] {
  return [
    { name: 'mean', spread: asFound.mean },
    { name: 'greatest (Hausdorff)', spread: asFound.hausdorff },
    { name: 'mean, best scale', spread: scaled.mean },
    { name: 'greatest, best scale', spread: scaled.hausdorff },
  ];
}

/** A fraction of the object's size as per cent of it. */
export function percentOfSize(fraction: number): string {
  return (100 * fraction).toFixed(2);
}
