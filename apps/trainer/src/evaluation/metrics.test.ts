import { presetByName, presetWith } from '@kanrecon/dataset';
import { spiralCylinder, superellipsoid } from '@kanrecon/geometry';
import { describe, expect, it } from 'vitest';
import { bestPossible, mean, visibleParameters } from './best-possible.js';
import { metricsRows, metricsTable } from './metrics-table.js';
import { predictionsCsv } from './predictions-csv.js';
import { samplePredictions, toStudyJson } from './sample-prediction.js';
import { scorePredictions } from './score-predictions.js';

const study = presetByName('study');
const names = spiralCylinder.parameters.map(({ name }) => name);
const targets = Float32Array.from({ length: 4 * 6 }, (_, i) => ((i * 7) % 11) / 11);
const predicted = targets.map((value, i) => value + (i % 6 === 2 ? 0.3 : i < 6 ? 0.01 : 0.1));

describe('best possible scores', () => {
  it('cover all parameters and have the mean that was computed for them', () => {
    const best = bestPossible(study)!;
    expect(Object.keys(best.r2)).toEqual(names);
    expect(mean(Object.values(best.r2))).toBeCloseTo(0.53, 2);
    expect(visibleParameters(study)).toEqual(['radius', 'height', 'wave_amp', 'wave_freq']);
  });

  it('are not claimed for images that look otherwise', () => {
    const others = [
      presetByName('observable'),
      presetByName('fluted'),
      presetWith(study, { pattern: 'checker' }),
      presetWith(study, { camera: { placement: 'fixed' } }),
      presetWith(study, { surface: superellipsoid }),
    ];
    for (const preset of others) {
      expect(bestPossible(preset)).toBeUndefined();
      expect(visibleParameters(preset)).toEqual(preset.surface.parameters.map(({ name }) => name));
    }
  });
});

describe('metricsRows', () => {
  it('has the parameters, the mean over the visible ones, and all', () => {
    const scores = scorePredictions(spiralCylinder, targets, predicted, visibleParameters(study));
    const rows = metricsRows(scores, bestPossible(study)!.r2);
    expect(rows.map(({ name }) => name)).toEqual([...names, 'the 4 visible', 'all']);
    const twist = rows[2]!;
    expect(twist.mae).toBeCloseTo(0.3, 5);
    expect(twist.mse).toBeCloseTo(0.09, 5);
    const visible = rows[6]!;
    expect(visible.r2).toBeCloseTo(mean([0, 1, 4, 5].map((i) => rows[i]!.r2)), 12);
    expect(visible.best).toBeCloseTo((0.721 + 0.721 + 0.927 + 0.814) / 4, 12);
    expect(rows[7]!.rmse).toBeCloseTo(Math.sqrt(rows[7]!.mse), 12);
    expect(metricsTable(rows)).toMatch(/wave_freq +\S+ +\S+ +\S+ +\S+ +0\.8140/);
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
  });
});
