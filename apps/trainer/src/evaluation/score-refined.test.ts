import { normalizeParameters } from '@kanrecon/geometry';
import { combinationValue, imageLimits } from '@kanrecon/identifiability';
import { sceneByName, typicalView } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { predictionsCsv } from './predictions-csv.js';
import type { RefinedImage } from './refined-image.js';
import { describeGain, refinedTables } from './refined-tables.js';
import type { SamplePrediction } from './sample-prediction.js';
import { scoreRefined } from './score-refined.js';

const scene = sceneByName('study');
const names = scene.surface.parameters.map(({ name }) => name);
const visible = ['radius', 'height', 'wave_amp', 'wave_freq'];
const limits = await imageLimits(scene);
const part = { scene, visible, limits, budget: 500 };
const degree = Math.PI / 180;

const around = (mean: number, half: number) => ({
  mean,
  median: mean,
  interval50: [mean - half / 2, mean + half / 2] as const,
  interval90: [mean - half, mean + half] as const,
});

/** A refinement that is off by so much in every number, with intervals of half a width, and by so many degrees in the camera. */
function refinement(real: readonly number[], off: number, half: number, degrees: number, found = true): RefinedImage {
  const shape = real.map((value) => value + off);
  return {
    found,
    parameters: Object.fromEntries(names.map((name, i) => [name, shape[i]!])),
    estimates: Object.fromEntries(names.map((name, i) => [name, { ...around(shape[i]!, half), told: true }])),
    combinations: Object.fromEntries(
      limits.combinations.map((combination) => [
        combination.name,
        around(combinationValue(combination, real) + off, half),
      ]),
    ),
    view: typicalView(scene, { x: (50 + degrees) * degree, y: 0, z: 0 }),
    baseColor: [0.5, 0.5, 0.5],
    misfit: { chiSquared: 1, unexplained: 0, rms: 1, hidden: 0, cut: 0 },
    renderings: 100,
    seconds: 2,
  };
}

function prediction(i: number, refined?: RefinedImage): SamplePrediction {
  const real = Object.fromEntries(names.map((name, j) => [name, shapeOf(i)[j]!]));
  return {
    sample: {
      ...{ split: 'test', shape: i, view: 0, imagePath: `${i}.png`, labelPath: '', parameters: real },
      cameraAngles: { x: 50 * degree, y: 0, z: 0 },
    },
    predicted: Object.fromEntries(names.map((name, j) => [name, shapeOf(i)[j]! + 0.1])),
    real,
    ...{ mse: 0.01, rmse: 0.1 },
    ...(refined && { refined }),
  };
}

/** Somewhere inside the ranges. */
const shapeOf = (i: number) =>
  scene.surface.parameters.map(({ min, max }, j) => min + (max - min) * (((7 * i + 3 * j) % 11) / 12 + 0.05));

const exact = Array.from({ length: 40 }, (_, i) => prediction(i, refinement(shapeOf(i), 0, 0.01, 0)));

describe('scoreRefined', () => {
  it('says before and after of the images that were refined, and of no other', () => {
    const scores = scoreRefined(part, [...exact, prediction(40)])!;
    expect(scores).toMatchObject({ images: 40, found: 40, budget: 500, renderings: 100, secondsPerImage: 2 });
    const radius = scene.surface.parameters[0]!;
    expect(scores.network.perParameter[0]!.mae).toBeCloseTo(0.1 / (radius.max - radius.min), 5);
    expect(scores.scores.perParameter.map(({ mae }) => mae)).toEqual(names.map(() => expect.closeTo(0, 5)));
    expect(scores.shown.names).toEqual(['height/radius', 'wave_amp/radius', 'wave_freq·radius']);
    expect(scores.shown.r2Refined).toBeCloseTo(1, 10);
    expect(scores.shown.r2Network).toBeLessThan(0.99);
    expect(scores.scoresFound).toBeUndefined();
    expect(scoreRefined(part, [prediction(0)])).toBeUndefined();
  });

  it('takes combinations from their own posteriors: means of products are no products of means', () => {
    const other = exact.map((row) => {
      const estimates = Object.fromEntries(names.map((name) => [name, { ...around(0.7, 1), told: false }]));
      return { ...row, refined: { ...row.refined!, estimates } };
    });
    const { scores } = scoreRefined(part, other)!;
    expect(scores.combinations.map(({ r2 }) => r2)).toEqual([1, 1, 1].map((r2) => expect.closeTo(r2, 10)));
    expect(scores.r2Visible).toBeLessThan(0.1);
  });

  it('counts truths in the intervals, by parameter and combination, and by width', () => {
    // Off by .5: inside intervals of ±.6 at 90 %, outside their halves; every fourth image is off by more.
    const rows = exact.map((_, i) => prediction(i, refinement(shapeOf(i), i % 4 === 0 ? 2 : 0.5, 0.6 + i / 1e4, 0)));
    const { coverage } = scoreRefined(part, rows)!;
    expect(coverage.map(({ name }) => name)).toEqual([...names, ...limits.combinations.map(({ name }) => name)]);
    for (const { levels, byWidth } of coverage) {
      expect([levels['50']!.coverage, levels['90']!.coverage]).toEqual([0, 0.75]);
      expect(byWidth).toHaveLength(3);
      expect(byWidth!.reduce((sum, { samples }) => sum + samples, 0)).toBe(40);
    }
    expect(scoreRefined(part, rows.slice(0, 29))!.coverage[0]).not.toHaveProperty('byWidth');
  });

  it('measures the camera in degrees, beside the network’s where that finds it', () => {
    const rows = exact.slice(0, 10).map((_, i) => prediction(i, refinement(shapeOf(i), 0, 0.1, i < 8 ? 1 : 5)));
    const { camera } = scoreRefined(part, rows)!;
    expect(camera.refined.medianDegrees).toBeCloseTo(1, 9);
    expect(camera.refined.p90Degrees).toBeCloseTo(5, 9);
    expect(camera.network).toBeUndefined();
    const networkCamera = { x: 47 * degree, y: 0, z: 1 };
    const both = rows.map((row) => ({ ...row, refined: { ...row.refined!, networkCamera } }));
    expect(scoreRefined(part, both)!.camera.network!.medianDegrees).toBeCloseTo(3, 9);
  });

  it('scores what was found apart from what was not', () => {
    const rows = exact.map((row, i) => (i < 30 ? row : prediction(i, refinement(shapeOf(i), 1, 0.1, 0, false))));
    const scores = scoreRefined(part, rows)!;
    expect(scores.found).toBe(30);
    expect(scores.shown.r2Found).toBeCloseTo(1, 10);
    expect(scores.shown.r2Refined).toBeLessThan(0.9);
    const text = refinedTables(scores);
    expect(text).toContain('found in 30 (75 %)');
    expect(text).toMatch(/^network +0\.\d{4} .*–$/m);
    expect(text).toMatch(/^refined +0\.\d{4} .*0\.00$/m);
    expect(text).toMatch(/^refined, where found +0\.0000 +0\.0000 +1\.0000 +1\.0000 +0\.00$/m);
    expect(describeGain(scores)).toMatch(
      /^Network R² 0\.\d{3} → refined R² \S+ of what shows \(.*\), on 40 test images\.$/,
    );
  });
});

describe('predictionsCsv of refined images', () => {
  const lines = predictionsCsv([exact[3]!, prediction(4), prediction(5, refinement(shapeOf(5), 0, 1, 0, false))])
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const at = (row: number, name: string) => lines[row]![lines[0]!.indexOf(name)];

  it('has posterior means, the ends of 90 % intervals and whether the image was found', () => {
    expect(lines[0]!.slice(17)).toEqual([
      ...names.flatMap((name) => [`refined_${name}`, `low90_${name}`, `high90_${name}`]),
      'found',
    ]);
    const radius = shapeOf(3)[0]!;
    expect(['refined_radius', 'low90_radius', 'high90_radius'].map((name) => Number(at(1, name)))).toEqual([
      ...[radius, radius - 0.01, radius + 0.01],
    ]);
    expect([at(1, 'found'), at(3, 'found')]).toEqual(['true', 'false']);
  });

  it('is empty there for an image that was not refined, and as ever where none was', () => {
    expect(lines[2]!.slice(17)).toEqual(Array(19).fill(''));
    const plain = predictionsCsv([prediction(4)])
      .trimEnd()
      .split('\n');
    expect(plain[0]).toBe(lines[0]!.slice(0, 17).join(','));
    expect(plain[1]).toBe(lines[2]!.slice(0, 17).join(','));
  });

  it('keeps what the network found', () => {
    const found = names.map((name) => Number(at(1, `${name}_predicted`)));
    expect([...normalizeParameters(scene.surface, found)]).toEqual([
      ...normalizeParameters(
        scene.surface,
        shapeOf(3).map((value) => value + 0.1),
      ),
    ]);
  });
});
