import { describe, expect, it } from 'vitest';
import { countDirections } from './count-directions.js';
import type { DrawSpectrum } from './identifiability-result.js';

/** From pairs of a singular value and its noise, ascending. */
function spectrum(invisibleDirections: number, ...pairs: readonly (readonly [number, number])[]): DrawSpectrum {
  const [singularValues, noise] = [pairs.map(([value]) => value), pairs.map(([, around]) => around)];
  return { parameters: {}, directions: [], singularValues, noise, invisibleDirections };
}

const clear = spectrum(0, [10, 4], [50, 5], [100, 10]);
const noisy = spectrum(0, [10, 9], [50, 5], [100, 10]);

describe('countDirections', () => {
  it('decides when one draw is clear: a law would hide there too', () => {
    expect(countDirections([clear, noisy, noisy], 0, 0)).toEqual({ unexplained: 0, undecided: 0 });
    expect(countDirections([noisy, noisy, noisy], 0, 0)).toEqual({ unexplained: 0, undecided: 1 });
  });

  it('asks for more clear draws of many, as chance may make one', () => {
    const twenty = [clear, ...Array.from({ length: 19 }, () => noisy)];
    expect(countDirections(twenty, 0, 0).undecided).toBe(1);
    expect(countDirections([clear, clear, ...twenty.slice(2), clear], 0, 0).undecided).toBe(0);
  });

  it('does not count what has a name', () => {
    expect(countDirections([noisy, noisy], 0, 1)).toEqual({ unexplained: 0, undecided: 0 });
    expect(countDirections([noisy, noisy], 1, 0)).toEqual({ unexplained: 0, undecided: 0 });
  });

  it('takes a direction for hidden only where the noise is small', () => {
    const hidden = spectrum(1, [0.5, 0.6], [50, 5], [100, 10]);
    expect(countDirections([hidden, hidden], 0, 0)).toEqual({ unexplained: 1, undecided: 0 });
    const maybe = spectrum(1, [2.5, 2], [50, 5], [100, 10]);
    expect(countDirections([maybe, maybe], 0, 0)).toEqual({ unexplained: 0, undecided: 1 });
  });
});
