import { cpSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { programFixture } from './program-fixture.js';

// Networks that find the camera too and say how sure they are.
const { at, bytes, expectMistake, json, run, synthesize } = programFixture('camera');
const both =
  'train --dataset data --image-size 32 --batch-size 4 --head mlp --camera --uncertainty gaussian --backend wasm';

beforeAll(async () => {
  await synthesize();
  const { code, stdout } = await run(`${both} --epochs 2 --workers 2 --out run`);
  expect(code).toBe(0);
  // Beside the shape's scores.
  expect(stdout).toMatch(/epoch 1\/2 .* camera [\d.]+° /);
  cpSync(at('data', 'test', 'images', readdirSync(at('data', 'test', 'images'))[0]!), at('alone.png'));
});

describe('train --camera', () => {
  it('adds what such images show of the camera to the targets, and the scores stay those of the shape', () => {
    const { targets, config, card } = json('run', 'best', 'config.json');
    const names = targets.map(({ name }: { name: string }) => name);
    // Nothing shows of z: an object of revolution under a sun right above.
    expect(names.slice(6)).toEqual(['camera_x', 'camera_y_cos', 'camera_y_sin']);
    expect(config.head.uncertainty).toBe('gaussian');
    expect(Object.keys(card.calibration.parameters)).toEqual(names.slice(0, 6));
    expect(card.calibration).toMatchObject({ levels: [0.5, 0.9], images: 8 });
    const { best } = json('run', 'metrics.json');
    expect(Object.keys(best.val_r2_per_parameter)).toEqual(names.slice(0, 6));
    expect(Object.keys(best.val_camera_degrees)).toEqual(['x', 'y', 'rotation']);
  });

  it('refuses changes to images that would make the labels of the camera false, in a sentence', async () => {
    await expectMistake(
      `${both} --augment study --out no`,
      /--augment mirror,rotate would make the labels of the camera false: .*; use --augment color,hue, or --no-camera to find the shape alone\./,
    );
    await expectMistake(`${both} --no-camera --out no`, /--no-camera can be given only once/);
  });

  it('is on in the recipe, unless it is switched off', async () => {
    const recipe = 'train --recipe small --dataset data --epochs 1 --image-size 32 --workers 1';
    expect((await run(`${recipe} --no-camera --out plain`)).code).toBe(0);
    expect(json('plain', 'config.json').experiment).toMatchObject({
      camera: false,
      model: { head: { uncertainty: 'gaussian' } },
    });
    expect(json('plain', 'best', 'config.json').targets).toHaveLength(6);
  });
});

describe('evaluate', () => {
  it('scores the camera beside the shape, and whether intervals hold what they promise', async () => {
    const { stdout, code } = await run('evaluate run --dataset data --no-distances');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /Camera, up to what such images show: orientation [\d.]+° off \(median; .*angles x [\d.]+°, y/,
    );
    expect(stdout).toMatch(/truths in the intervals that promise +50 % +90 %/);
    expect(stdout).toMatch(/height\/radius +\d+ % \(\d+ % to \d+ %\)/);
    const evaluation = json('run', 'evaluation', 'data-test', 'evaluation.json');
    expect(evaluation.scores.perParameter).toHaveLength(6);
    expect(Object.keys(evaluation.camera.medianDegrees)).toEqual(['x', 'y']);
    const names = evaluation.coverage.map(({ name }: { name: string }) => name);
    expect(names).toEqual([
      ...evaluation.scores.perParameter.map(({ name }: { name: string }) => name),
      ...evaluation.scores.combinations.map(({ name }: { name: string }) => name),
    ]);
    for (const { levels } of evaluation.coverage) expect(levels['90'].samples).toBe(8);
  });
});

describe('predict', () => {
  it('shows the object as in the image, and says how sure the network is', async () => {
    const { code, stdout } = await run('predict --no-refine run alone.png --out found --no-mesh');
    expect(code).toBe(0);
    expect(stdout).toMatch(/alone\.png: radius [\d.]+ \[[\d.]+ to [\d.]+\], /);
    expect(stdout).toContain('In brackets where the real value lies in 90 of 100 images');
    const found = json('found', 'alone.json');
    expect(found).toMatchObject({ camera_from: 'network', camera_found: ['x', 'y'] });
    expect(found.camera_angles.z_angle).toBe(0);
    expect(Object.keys(found.parameters)).toHaveLength(6);
    for (const [name, value] of Object.entries<number>(found.drawn_parameters)) {
      const { 50: half, 90: most } = found.intervals[name];
      expect([most[0], half[0], value, half[1], most[1]]).toEqual(
        [most[0], half[0], value, half[1], most[1]].sort((a, b) => a - b),
      );
      expect(found.spread[name]).toBeGreaterThan(0);
    }
    const other = await run('predict --no-refine run data/test/images --out all --no-mesh');
    expect(other.code).toBe(0);
    const header = bytes('all', 'predictions.csv').toString().split('\n')[0]!;
    expect(header).toContain('warning,radius_50_low,radius_50_high,radius_90_low,radius_90_high,height_50_low');
    const labelled = json('all', readdirSync(at('all')).find((name) => name.endsWith('vers0.json'))!);
    expect(labelled).toMatchObject({ camera_from: 'label' });
    expect(labelled).not.toHaveProperty('camera_found');
  });
});
