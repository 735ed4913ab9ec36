import { tessellate } from '@kanrecon/geometry';
import { surfaceFromFormulas } from '@kanrecon/geometry/formulas';
import { describe, expect, it } from 'vitest';
import { firstSurfaceText, parseSurfaceText } from './parse-surface-text.js';

const disc = 'u = 0 .. 2 pi\nv = 0 .. 1\nx = v cos(u)\ny = v sin(u)\nz = 0';

describe('parseSurfaceText', () => {
  it('reads domain, point, parameters, names and comments', () => {
    expect(parseSurfaceText(`${disc} # flat\n\n  a = -1 .. 2.5\nb = a + 1\nclosed = u`)).toEqual({
      name: 'own-formula',
      domain: { u: ['0', '2 pi'], v: ['0', '1'] },
      x: 'v cos(u)',
      y: 'v sin(u)',
      z: '0',
      parameters: [{ name: 'a', min: -1, max: 2.5 }],
      let: { b: 'a + 1' },
      closedU: true,
    });
  });

  it('has a first text that makes a surface', () => {
    const surface = surfaceFromFormulas(parseSurfaceText(firstSurfaceText));
    expect(surface.parameters.map(({ name }) => name)).toEqual(['ring', 'tube', 'knobs', 'depth']);
    const { positions } = tessellate(surface, { ring: 1, tube: 0.4, knobs: 5, depth: 0 }, { uSteps: 8, vSteps: 8 });
    expect(positions[0]).toBeCloseTo(1.4, 6);
  });

  it.each([
    ['x is u', 'Line 1: it should be “name = formula” or “name = from .. to”, not “x is u”.'],
    [`${disc}\nx = 1`, 'Line 6: it says x a second time.'],
    [`${disc}\na = 1 ..`, 'Line 6: a range has two ends, as in “0 .. 1”.'],
    [disc.replace(/z.*/, ''), 'There is no line for z; add “z = …”, a formula of u and v.'],
    [disc.replace(/v = .*/, ''), 'There is no range for v; add “v = 0 .. 1”.'],
    [
      `${disc}\na = 2 .. b`,
      'The range of a should go from a number to a larger one, as in “a = 0.5 .. 2”, not “2 .. b”.',
    ],
  ])('refuses %j', (text, sentence) => {
    expect(() => parseSurfaceText(text)).toThrow(sentence);
  });
});
