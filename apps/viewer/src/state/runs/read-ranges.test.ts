import { describe, expect, it } from 'vitest';
import { readRanges } from './read-ranges.js';

const radius = { name: 'radius', min: 0.7, max: 2, unit: 'units' };
const config = (change: object) => JSON.stringify({ format: 'kanrecon-reconstructor', targets: [radius], ...change });

describe('readRanges', () => {
  it('has the ranges of a model, and of nothing else', () => {
    expect(readRanges(config({ targets: [{ ...radius, label: 'r', description: '' }] }))).toEqual([radius]);
    const camera = { name: 'camera_y_cos', min: -1, max: 1 };
    expect(readRanges(config({ targets: [radius, camera] }))).toEqual([radius, { ...camera, unit: '' }]);
    for (const other of [
      ...['', 'null', '[]', '{"surface":"spiral-cylinder"}', config({}).slice(0, -3)],
      ...[{ format: 'x' }, { targets: undefined }, { targets: [null] }, { targets: ['radius'] }].map(config),
      ...[{ max: 0.7 }, { max: 'two' }, { min: null }, { unit: 3 }].map((wrong) =>
        config({ targets: [radius, { ...radius, ...wrong }] }),
      ),
    ]) {
      expect(readRanges(other), other).toBeUndefined();
    }
  });
});
