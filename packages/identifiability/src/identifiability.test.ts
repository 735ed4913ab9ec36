import { defineSurface } from '@kanrecon/geometry';
import { sceneByName, sceneWith } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { bestPossibleScores } from './best-possible-scores.js';
import { identifiability } from './identifiability.js';

const study = sceneByName('study');

/** A cone whose radius is the product of two parameters; they act in no other way. */
const hiddenProduct = defineSurface({
  name: 'hidden-product',
  parameters: [
    { name: 'width', min: 0.6, max: 1.4 },
    { name: 'stretch', min: 0.6, max: 1.4 },
    { name: 'tall', min: 1, max: 3 },
  ],
  domain: { uMin: 0, uMax: 2 * Math.PI, vMin: 0, vMax: 1 },
  closedU: true,
  point: (u, v, { width, stretch, tall }) => {
    const r = width * stretch * (1 - 0.4 * v);
    return [r * Math.cos(u), r * Math.sin(u), tall * v];
  },
});

describe('identifiability', () => {
  it("finds what the study's images hide, and nothing else", async () => {
    const found = await identifiability(study);
    expect(found.invisible).toEqual(['twist_amp', 'twist_freq']);
    expect(found.invariances).toHaveLength(1);
    expect(found.invariances[0].terms.map(({ parameter, kind, rate }) => [parameter, kind, rate])).toEqual([
      ['radius', 'factor', 1],
      ['height', 'factor', 1],
      ['wave_amp', 'factor', 1],
      ['wave_freq', 'factor', -1],
    ]);
    expect(found.invariances[0].largestChange).toBeLessThanOrEqual(1);
    expect(found).toMatchObject({ unexplained: 0, undecided: 0, finer: null });
    expect(found.combinations.map(({ name }) => name)).toEqual([
      'height/radius',
      'wave_amp/radius',
      'wave_freq·radius',
    ]);
    expect(found.summary.slice(0, 2)).toEqual([
      'twist_amp and twist_freq leave no trace: moved from end to end of their ranges, not one pixel changes.',
      expect.stringContaining('(radius, height, wave_amp, 1/wave_freq) have one common factor that leaves no trace'),
    ]);
    const best = bestPossibleScores(study.surface, found);
    expect(Math.abs(best.r2 - 0.53)).toBeLessThan(0.005);
  });

  it.each(['observable', 'fluted'])('finds nothing invisible in %s', async (name) => {
    const scene = sceneByName(name);
    const found = await identifiability(scene, { draws: 4, size: 48 });
    expect(found).toMatchObject({ invisible: [], invariances: [], combinations: [], unexplained: 0 });
    for (const { smallestSeenChange } of found.parameters) {
      expect(smallestSeenChange.worstShare).toBeGreaterThan(0);
      expect(smallestSeenChange.worstShare).toBeLessThan(0.2);
    }
    expect(bestPossibleScores(scene.surface, found).r2).toBe(1);
  });

  it('knows that fluted hides nothing, and how much images of observable change with its twist', async () => {
    const found = await identifiability(sceneByName('fluted'));
    expect(found).toMatchObject({ invariances: [], unexplained: 0, undecided: 0 });
    const observable = await identifiability(sceneByName('observable'), { draws: 2 });
    const twist = observable.parameters[2];
    expect(twist.smallestSeenChange.medianShare).toBeGreaterThan(0.05);
    // Root of the mean of the squares; the spectra hold the same matrix.
    const norms = observable.spectra.map(({ singularValues, directions }) =>
      Math.hypot(...singularValues.map((value, i) => value * directions[i][2])),
    );
    expect(twist.columnNorm).toBeCloseTo((norms[0] + norms[1]) / 2, 3);
  });

  // Of all of these, the law on (radius, height, wave_amp, wave_freq) drowns in noise.
  it.each([
    [2, 16, 1, 1],
    [2, 32, 1, 1],
    [8, 16, 1, 6],
    [2, 16, 2, 4],
  ])('leaves open what %i draws of %i pixels and %i samples cannot decide', async (draws, size, samples, seed) => {
    const found = await identifiability(study, { draws, size, samples, seed });
    expect(found.invariances).toEqual([]);
    expect(found.undecided).toBeGreaterThan(0);
    expect(found).toMatchObject({ unexplained: 0, combinations: [], finer: { draws: 8, size: 64, samples: 8 } });
    expect(found.parameters.map(({ verdict }) => verdict)).not.toContain('visible');
    expect(found.summary.at(-1)).toMatch(/^Too coarse to decide: \d more directions? cannot be told from the noise/);
    expect(found.summary.join()).not.toMatch(/shows?\b/);
  });

  it('finds the scale that a fitted camera hides, twist_freq taking part where twist shows', async () => {
    const found = await identifiability(sceneWith(sceneByName('fluted'), { camera: { placement: 'fitted' } }), {
      draws: 5,
      size: 48,
    });
    expect(found.invisible).toEqual([]);
    expect(found.invariances.map(({ terms }) => terms.map(({ parameter, rate }) => [parameter, rate]))).toEqual([
      [
        ['radius', 1],
        ['height', 1],
        ['twist_freq', -1],
        ['wave_amp', 1],
        ['wave_freq', -1],
      ],
    ]);
  });

  it('finds a symmetry of a surface that it has never seen', async () => {
    const scene = sceneWith(study, { surface: hiddenProduct, camera: { placement: 'fixed' } });
    const found = await identifiability(scene, { draws: 5, size: 48 });
    expect(found).toMatchObject({ invisible: [], unexplained: 0 });
    expect(found.invariances.map(({ text }) => text)).toEqual([
      '(width, 1/stretch) have one common factor that leaves no trace',
    ]);
    expect(found.combinations.map(({ name }) => name)).toEqual(['stretch·width']);
    expect(found.parameters.map(({ verdict }) => verdict)).toEqual(['tied', 'tied', 'visible']);
  });

  it('gives the same result for the same seed, and says what is wrong with an option', async () => {
    const options = { draws: 2, size: 32, samples: 4, seed: 5 };
    expect(await identifiability(study, options)).toEqual(await identifiability(study, options));
    await expect(identifiability(study, { draws: 1 })).rejects.toThrow(
      'identifiability: draws is wrong; expected an integer from 2 to 10000, got 1',
    );
    await expect(identifiability(study, { size: 8 })).rejects.toThrow(
      'identifiability: size is wrong; expected an integer from 16 to 1024, got 8',
    );
    await expect(identifiability(study, { signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow('stop');
  });
});
