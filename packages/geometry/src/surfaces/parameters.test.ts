import { describe, expect, it } from 'vitest';
import { spiralCylinder } from './built-in/spiral-cylinder.js';
import { parameterRecord, parameterVector } from './parameter-vector.js';
import { denormalizeParameters, normalizeParameters } from './scale-parameters.js';
import { surfaceByName, surfaceNames } from './surface-registry.js';

const record = { radius: 1.25, height: 1.5, twist_amp: 0.875, twist_freq: 4, wave_amp: 0.5, wave_freq: 1 };

describe('parameters', () => {
  it('have the study’s order and ranges', () => {
    expect(spiralCylinder.parameters.map(({ name, min, max }) => [name, min, max])).toEqual([
      ['radius', 0.5, 1.5],
      ['height', 1, 3],
      ['twist_amp', 0.5, 2],
      ['twist_freq', 1, 5],
      ['wave_amp', 0, 0.5],
      ['wave_freq', 1, 4],
    ]);
  });

  it('go to a vector and back', () => {
    const vector = parameterVector(spiralCylinder, { ...record, extra: 3 });
    expect([...vector]).toEqual([1.25, 1.5, 0.875, 4, 0.5, 1]);
    expect(parameterRecord(spiralCylinder, vector)).toEqual(record);
  });

  it('scale to [0, 1] and back', () => {
    const normalized = normalizeParameters(spiralCylinder, record);
    expect(normalized).toBeInstanceOf(Float32Array);
    expect([...normalized]).toEqual([0.75, 0.25, 0.25, 0.75, 1, 0]);
    expect(denormalizeParameters(spiralCylinder, normalized)).toEqual(record);
    expect(normalizeParameters(spiralCylinder, record, new Float64Array(6))).toBeInstanceOf(Float64Array);
    // Nothing is clipped.
    expect(normalizeParameters(spiralCylinder, { ...record, radius: 2.5 })[0]).toBe(2);
    expect(denormalizeParameters(spiralCylinder, [-1, 0, 0, 0, 0, 0]).radius).toBe(-0.5);
    expect(() => denormalizeParameters(spiralCylinder, [1, 2])).toThrow('expected 6, got 2');
    // A typed array would drop what does not fit without a word.
    expect(() => normalizeParameters(spiralCylinder, record, new Float32Array(5))).toThrow('expected 6, got 5');
    expect(() => parameterRecord(spiralCylinder, [1, 2])).toThrow('parameterRecord: wrong number of values');
  });

  it('belong to a surface that is found by name', () => {
    expect(surfaceNames()).toContain('spiral-cylinder');
    for (const name of surfaceNames()) expect(surfaceByName(name).name).toBe(name);
    expect(() => surfaceByName('cube')).toThrow('surfaceByName: unknown surface; expected one of spiral-cylinder, ');
  });
});
