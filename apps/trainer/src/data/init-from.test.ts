import { parseReconstructorConfig, type Reconstructor } from '@kanrecon/model';
import { parseExperiment } from '@kanrecon/training';
import { describe, expect, it } from 'vitest';
import { experimentFromFlags, experimentOptions } from './experiment-flags.js';
import { partOfSource } from './init-from.js';

describe('partOfSource', () => {
  const defaults = Object.fromEntries(Object.entries(experimentOptions).map(([name, spec]) => [name, spec.default]));
  /** How images are fitted, trained on a network that has `fit` at 224 pixels. */
  function fitAt(imageSize: number | undefined, fit: object) {
    const source = { config: parseReconstructorConfig({ imageSize: 224, fit }), card: {} } as unknown as Reconstructor;
    const given = new Set(imageSize === undefined ? [] : ['image-size']);
    const flags = { ...defaults, ...(imageSize !== undefined && { 'image-size': imageSize }) } as never;
    const part = partOfSource(source, given, false, imageSize ?? 128);
    const data = { kind: 'dataset', folder: 'data' } as const;
    const { model } = parseExperiment(experimentFromFlags(flags, data, given, part));
    return [model.imageSize, model.fit?.shorterSide];
  }

  it('keeps what images show when they get another size', () => {
    const crop = { padding: 'crop', shorterSide: 256 };
    expect(fitAt(undefined, crop)).toEqual([224, 256]);
    expect(fitAt(320, crop)).toEqual([320, 366]);
    expect(fitAt(64, crop)).toEqual([64, 73]);
    expect(fitAt(33, { padding: 'crop', shorterSide: 224 })).toEqual([33, 33]);
    expect(fitAt(64, { padding: 'crop' })).toEqual([64, undefined]);
    expect(() => fitAt(1024, { padding: 'crop', shorterSide: 1000 })).toThrow(/model\.fit\.shorterSide is wrong/);
  });
});
