/** Shape and view, as a file name says them. */
export interface SampleId {
  readonly shape: number;
  readonly view: number;
}

const imagePattern = /^3DfORMULA_(\d{1,9})_vers(\d{1,4})\.(?:png|jpe?g|webp)$/i;
const labelPattern = /^param_3DfORMULA_(\d{1,9})_vers(\d{1,4})\.json$/i;

/** The study's image file name: `3DfORMULA_<shape>_vers<view>.png`. */
export function imageFileName({ shape, view }: SampleId): string {
  return `3DfORMULA_${shape}_vers${view}.png`;
}

/** The study's label file name: `param_3DfORMULA_<shape>_vers<view>.json`. */
export function labelFileName({ shape, view }: SampleId): string {
  return `param_3DfORMULA_${shape}_vers${view}.json`;
}

/** The inverse of {@link imageFileName}; takes leading zeros, .jpg, .jpeg and .webp too. `undefined` for any other name. */
export function parseImageFileName(name: string): SampleId | undefined {
  return parse(imagePattern, name);
}

/** The inverse of {@link labelFileName}; takes leading zeros too. `undefined` for any other name. */
export function parseLabelFileName(name: string): SampleId | undefined {
  return parse(labelPattern, name);
}

function parse(pattern: RegExp, name: string): SampleId | undefined {
  const match = pattern.exec(name);
  return match ? { shape: Number(match[1]), view: Number(match[2]) } : undefined;
}
