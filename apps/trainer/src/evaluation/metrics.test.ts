import { normalizeParameters, spiralCylinder } from '@kanrecon/geometry';
import { imageLimits } from '@kanrecon/identifiability';
import { sceneByName, sceneWith } from '@kanrecon/scene';
import { mean, scorePredictions } from '@kanrecon/training';
import { metricsRows } from '@kanrecon/training/report';
import { describe, expect, it } from 'vitest';
import { metricsTable } from './metrics-table.js';
import { predictionsCsv } from './predictions-csv.js';
import { samplePredictions, toStudyJson } from './sample-prediction.js';

const study = sceneByName('study');
const names = spiralCylinder.parameters.map(({ name }) => name);
const visible = ['radius', 'height', 'wave_amp', 'wave_freq'];
const targets = Float32Array.from({ length: 4 * 6 }, (_, i) => ((i * 7) % 11) / 11);
const predicted = targets.map((value, i) => value + (i % 6 === 2 ? 0.3 : i < 6 ? 0.01 : 0.1));

describe('imageLimits', () => {
  it("finds what the study's images hide, and the scores that are left", async () => {
    const { best, invisible, combinations } = await imageLimits(study);
    expect(best!.perParameter.map(({ name }) => name)).toEqual(names);
    expect(best!.r2).toBeCloseTo(0.53, 2);
    expect(invisible).toEqual(['twist_amp', 'twist_freq']);
    expect(combinations.map(({ name }) => name)).toEqual(['height/radius', 'wave_amp/radius', 'wave_freq·radius']);
  });

  it('follows the look of the images, whatever the surface', async () => {
    const nothing = [
      sceneByName('observable'),
      sceneWith(study, { pattern: 'hue-wheel', camera: { placement: 'fixed' } }),
    ];
    for (const scene of nothing) {
      const { best, summary } = await imageLimits(scene);
      expect(best!.r2).toBe(1);
      expect(summary).toEqual(['Nothing is invisible: every parameter and every combination of them shows.']);
    }
    const fixed = sceneWith(study, { camera: { placement: 'fixed' } });
    const { invisible, invariances, best } = await imageLimits(fixed);
    expect([invisible, invariances]).toEqual([['twist_amp', 'twist_freq'], []]);
    expect(best!.r2).toBeCloseTo(4 / 6, 12);
  });
});

describe('scorePredictions', () => {
  it('scores the visible combinations in their own units', async () => {
    const { combinations } = await imageLimits(study);
    // Everything larger by a common factor: the parameters are wrong, the combinations right.
    const shapes = [
      [0.6, 1.2, 1, 2, 0.2, 3],
      [0.8, 1.9, 1, 2, 0.1, 2.5],
      [0.7, 1.4, 1, 2, 0.3, 2],
    ];
    const scaled = (by: number) =>
      Float32Array.from(
        shapes.flatMap(([r, h, amp, freq, wave, waves]) => [
          ...normalizeParameters(spiralCylinder, [r! * by, h! * by, amp!, freq!, wave! * by, waves! / by]),
        ]),
      );
    const { perParameter, combinations: rows } = scorePredictions(
      spiralCylinder.parameters,
      scaled(1),
      scaled(1.3),
      names,
      combinations,
    );
    expect(perParameter[0]!.mae).toBeCloseTo(0.21, 5);
    for (const { r2, mae } of rows) {
      expect(r2).toBeCloseTo(1, 8);
      expect(mae).toBeCloseTo(0, 5);
    }
    const wrong = scaled(1);
    wrong[0] = 0.6; // radius 1.1 instead of 0.6
    const [ratio] = scorePredictions(spiralCylinder.parameters, scaled(1), wrong, names, combinations).combinations;
    expect(ratio).toMatchObject({ name: 'height/radius' });
    expect(ratio!.mae).toBeCloseTo((2 - 1.2 / 1.1) / 3, 5);
    // A radius below its range counts as its least.
    wrong[0] = -0.5;
    const clipped = scorePredictions(spiralCylinder.parameters, scaled(1), wrong, names, combinations).combinations[0]!;
    expect(clipped.mae).toBeCloseTo((1.2 / 0.5 - 2) / 3, 5);
  });
});

describe('metricsRows', () => {
  it('has the parameters, the mean over the visible ones, and all, each beside the best possible', async () => {
    const { best } = await imageLimits(study);
    const scores = scorePredictions(spiralCylinder.parameters, targets, predicted, visible);
    const rows = metricsRows(scores, best);
    expect(rows.map(({ name }) => name)).toEqual([...names, 'the 4 visible', 'all']);
    expect(rows.map(({ kind }) => kind)).toEqual([...names.map(() => 'parameter'), 'visible', 'all']);
    const twist = rows[2]!;
    expect(twist.mae).toBeCloseTo(0.3, 5);
    expect(twist.mse).toBeCloseTo(0.09, 5);
    expect(twist.best).toMatchObject({ r2: 0, mae: 0.25 });
    const shown = rows[6]!;
    expect(shown.r2).toBeCloseTo(mean([0, 1, 4, 5].map((i) => rows[i]!.r2)), 12);
    expect(shown.best!.r2).toBeCloseTo((0.721 + 0.721 + 0.927 + 0.814) / 4, 2);
    expect(rows[7]!.rmse).toBeCloseTo(Math.sqrt(rows[7]!.mse), 12);
    expect(rows[7]!.best!.r2).toBe(best!.r2);
    expect(metricsTable(rows)).toMatch(/wave_freq +\S+ +0\.09\d\d +\S+ +0\.12\d\d +\S+ +0\.81\d\d/);
    expect(metricsTable(metricsRows(scores, null))).not.toContain('best');
    const bounds = metricsTable(metricsRows(scores, { ...best!, bounds: ['radius'] }));
    expect(bounds).toMatch(/^radius +\S+ +≥ 0\.\d+ +\S+ +≥ 0\.\d+ +\S+ +≤ 0\.\d+$/m);
    expect(bounds).toMatch(/^height +\S+ +0\.\d+ /m);
    expect(bounds).toMatch(/^all .* ≤ 0\.\d+$/m);
  });
});

describe('samplePredictions', () => {
  const samples = [0, 1, 2, 3].map((shape) => ({
    split: 'test' as const,
    shape,
    view: 0,
    imagePath: `x/im,${shape}.png`,
    labelPath: '',
    parameters: Object.fromEntries(names.map((name) => [name, 1])),
    cameraAngles: { x: Math.PI / 4, y: 0, z: Math.PI },
  }));
  const rows = samplePredictions(spiralCylinder, samples, targets, predicted);

  it('sorts by error and gives values in units', () => {
    expect(rows[0]!.sample.shape).toBe(0);
    expect(rows[0]!.mse).toBeCloseTo((5 * 0.01 ** 2 + 0.3 ** 2) / 6, 5);
    expect(rows[0]!.predicted['radius']).toBeCloseTo(0.5 + predicted[0]!, 6);
    expect(toStudyJson(rows[0]!)).toMatchObject({
      image_file: 'im,0.png',
      camera_angles: { x_angle: 45, y_angle: 0, z_angle: 180 },
    });
  });

  it('writes a table that quotes what needs it', () => {
    const lines = predictionsCsv(rows).trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^image_file,shape,view,mse,rmse,radius_real,radius_predicted,.*,wave_freq_predicted$/);
    expect(lines[1]).toMatch(/^"im,0\.png",0,0,/);
    const difference = { mean: 0.5, hausdorff: 0.75, hausdorffError: 0 };
    const distances = { size: 4, asFound: difference, scaled: { ...difference, mean: 0.25, scale: 1.5 } };
    const measured = predictionsCsv(rows.map((row) => ({ ...row, distances }))).split('\n');
    expect(measured[0]).toMatch(/,wave_freq_predicted,size,distance,hausdorff,scale,distance_scaled,hausdorff_scaled$/);
    expect(measured[1]).toBe(`${lines[1]},4,0.5,0.75,1.5,0.25,0.75`);
  });
});
