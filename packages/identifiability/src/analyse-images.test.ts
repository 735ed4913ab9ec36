import type { SurfaceParameter } from '@kanrecon/geometry';
import { randomStream } from '@kanrecon/scene';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { describe, expect, it } from 'vitest';
import { analyseImages } from './analyse-images.js';
import type { ImageDraw } from './image-draws.js';
import { combinationValue } from './visible-combinations.js';

const size = 24;

/** Images of a spot whose place, width and colour are functions of the parameters: what they depend on is known. */
function draws(parameters: readonly SurfaceParameter[], shown: (p: Float64Array) => readonly number[]): ImageDraw[] {
  return Array.from({ length: 6 }, (_, draw) => {
    const random = randomStream(9, draw);
    const at = Float64Array.from(
      parameters,
      ({ min, max }) => min + (max - min) * (0.1 + 0.8 * uniformFloat64(random)),
    );
    const image = (p: Float64Array) => {
      const [x = 0, y = 0, width = 0] = shown(p);
      return Uint8Array.from({ length: 3 * size * size }, (_, i) => {
        const pixel = Math.floor(i / 3);
        const across = (pixel % size) - size / 2 - 2 * x;
        const down = Math.floor(pixel / size) - size / 2 - 2 * y;
        return 60 + 150 * Math.exp(-(across ** 2 + down ** 2) / (20 + 4 * width)) * (1 - 0.2 * (i % 3));
      });
    };
    return { at, image };
  });
}

function parameter(name: string, min: number, max: number): SurfaceParameter {
  return { name, min, max, unit: '', label: name };
}

const [a, b, c] = [parameter('a', 0.5, 2), parameter('b', 0.5, 2), parameter('c', 0, 3)];
const q = parameter('q', -0.5, 1);

async function analyse(parameters: readonly SurfaceParameter[], shown: (p: Float64Array) => readonly number[]) {
  const analysis = await analyseImages(parameters, draws(parameters, shown), { tolerance: 1 });
  const invariances = analysis.invariances.map(({ terms }) =>
    terms.map(({ parameter, kind, rate, offset }) => [parameter, kind, rate, offset]),
  );
  return {
    ...analysis,
    invariances,
    names: analysis.combinations.map(({ name }) => name),
    text: analysis.summary.join('\n'),
  };
}

describe('analyseImages', () => {
  it('finds nothing invisible where everything shows', async () => {
    const found = await analyse([a, b, c], ([x, y, z]) => [x, y, z]);
    expect(found).toMatchObject({ invisible: [], invariances: [], combinations: [], unexplained: 0, undecided: 0 });
    expect(found.text).toBe('Nothing is invisible: every parameter and every combination of them shows.');
    expect(found.parameters.map(({ verdict }) => verdict)).toEqual(['visible', 'visible', 'visible']);
    for (const { singularValues, noise } of found.spectra) expect(singularValues[0]).toBeGreaterThan(4 * noise[0]);
  });

  it('finds a parameter that leaves no trace', async () => {
    const found = await analyse([a, b, c], ([x, , z]) => [x, z]);
    expect(found).toMatchObject({ invisible: ['b'], invariances: [], unexplained: 0 });
    expect(found.parameters[1]).toMatchObject({
      verdict: 'invisible',
      largestChange: 0,
      smallestChange: { median: null },
      columnNorm: 0,
    });
    for (const index of [0, 2]) expect(found.parameters[index].columnNorm).toBeGreaterThan(1);
    expect(found.text).toBe(
      'b leaves no trace: moved from end to end of its range, not one pixel changes.\na and c show.',
    );
  });

  it.each<[string, SurfaceParameter[], (p: Float64Array) => number[], unknown[], string[]]>([
    [
      'a product',
      [a, b, c],
      ([x, y, z]) => [x * y, z],
      [
        ['a', 'factor', 1, 0],
        ['b', 'factor', -1, 0],
      ],
      ['b·a'],
    ],
    [
      'a square in it',
      [a, b, c],
      ([x, y, z]) => [x * x * y, z],
      [
        ['a', 'factor', 1, 0],
        ['b', 'factor', -2, 0],
      ],
      ['b·a²'],
    ],
    [
      'a sum',
      [a, b, c],
      ([x, y, z]) => [x + y, z],
      [
        ['a', 'shift', 1, 0],
        ['b', 'shift', -1, 0],
      ],
      ['b + a'],
    ],
    [
      'unequal weights',
      [a, b, c],
      ([x, y, z]) => [2 * x + y, z],
      [
        ['a', 'shift', 1, 0],
        ['b', 'shift', -2, 0],
      ],
      ['b + 2·a'],
    ],
    [
      'an offset',
      [a, q, c],
      ([x, y, z]) => [x * (1 + y), z],
      [
        ['a', 'factor', 1, 0],
        ['q', 'factor', -1, 1],
      ],
      ['(q + 1)·a'],
    ],
    [
      'an exponential',
      [a, q, c],
      ([x, y, z]) => [x * Math.exp(y), z],
      [
        ['a', 'factor', 1, 0],
        ['q', 'shift', -1, 0],
      ],
      ['a·exp(q)'],
    ],
  ])('finds the law behind %s', async (_, parameters, shown, law, names) => {
    const found = await analyse(parameters, shown);
    expect(found).toMatchObject({ invisible: [], invariances: [law], unexplained: 0 });
    expect(found.parameters.map(({ verdict }) => verdict)).toEqual(['tied', 'tied', 'visible']);
    const [combination] = found.combinations;
    const value = (p: number[]) => combinationValue(combination, p);
    // The combination says the same as the image: equal where that is equal, whatever the parameters.
    const [first, second] = [
      [0.7, 0.9, 1],
      [1.4, 0.3, 1],
    ].map((p) => ({ shown: shown(Float64Array.from(p))[0], value: value(p) }));
    expect(value([0.7, 0.9, 2])).toBe(first.value);
    expect(second.value > first.value).toBe(second.shown > first.shown);
    expect(found.names.map(sorted)).toEqual(names.map(sorted));
  });

  it('finds two invariances at once, and what they leave of a sum', async () => {
    // Only (2a + b) / c shows: a common factor of all three, and a trade between a and b.
    const positive = parameter('c', 1, 3);
    const found = await analyse([a, b, positive], ([x, y, z]) => [(2 * x + y) / z]);
    expect(found.invariances).toEqual([
      [
        ['a', 'factor', 1, 0],
        ['b', 'factor', 1, 0],
        ['c', 'factor', 1, 0],
      ],
      [
        ['a', 'shift', 1, 0],
        ['b', 'shift', -2, 0],
      ],
    ]);
    expect(found.combinations).toHaveLength(1);
    const [combination] = found.combinations;
    expect(combinationValue(combination, [1, 1, 1.5]) / combinationValue(combination, [1, 2, 2])).toBeCloseTo(1, 12);
  });

  it('says so when a direction without trace follows no simple law', async () => {
    const found = await analyse([a, b, c], ([x, y, z]) => [Math.hypot(x, y), z]);
    expect(found).toMatchObject({ invisible: [], invariances: [], unexplained: 1 });
    expect(found.text).toBe(
      '1 direction of a and b leaves no trace, but no simple law was found: followed from 4 objects as curves, as far as the ranges allow, no pixel of the softened image changes by more than 0.13/255.\n' +
        'c shows.',
    );
    expect(found.parameters.map(({ verdict }) => verdict)).toEqual(['tied', 'tied', 'visible']);
  });

  it('follows two directions at once, on a sphere', async () => {
    const found = await analyse([a, b, parameter('c', 0.5, 2)], ([x, y, z]) => [Math.hypot(x, y, z)]);
    expect(found).toMatchObject({ invisible: [], invariances: [], unexplained: 2, undecided: 0 });
    expect(found.followed).toMatchObject([{ verdict: 'invisible', directions: 2, parameters: ['a', 'b', 'c'] }]);
    expect(found.parameters.map(({ verdict }) => verdict)).toEqual(['tied', 'tied', 'tied']);
  });

  it('follows a curve beside a law', async () => {
    // The law moves c alone with d; a and b lie on a circle.
    const d = parameter('d', 1, 3);
    const found = await analyse([a, b, parameter('c', 1, 3), d], ([x, y, z, w]) => [Math.hypot(x, y), z / w]);
    expect(found.invariances).toEqual([
      [
        ['c', 'factor', 1, 0],
        ['d', 'factor', 1, 0],
      ],
    ]);
    expect(found).toMatchObject({ unexplained: 1, undecided: 0 });
    expect(found.followed).toMatchObject([{ verdict: 'invisible', directions: 1, parameters: ['a', 'b'] }]);
  });

  it('tells its progress and stops when asked to', async () => {
    const done: number[] = [];
    await analyseImages(
      [a],
      draws([a], ([x]) => [x]),
      { tolerance: 1, onProgress: (n, of) => done.push(n / of) },
    );
    expect(done).toEqual([1, 2, 3, 4, 5, 6].map((n) => n / 6));
    const stop = new AbortController();
    const onProgress = () => stop.abort(new Error('enough'));
    const stopped = analyseImages(
      [a],
      draws([a], ([x]) => [x]),
      { tolerance: 1, onProgress, signal: stop.signal },
    );
    await expect(stopped).rejects.toThrow('enough');
  });
});

/** A sum's or product's name whatever its order. */
function sorted(name: string): string {
  return name
    .split(/(?:·| \+ )(?![^(]*\))/)
    .sort()
    .join();
}
