import { describe, expect, it } from 'vitest';
import { drawShape } from './draw-shape.js';
import { drawView } from './draw-view.js';
import { randomStream } from './random-stream.js';
import { sceneByName } from './scenes.js';

const study = sceneByName('study');
const degree = Math.PI / 180;

describe('drawShape and drawView', () => {
  it('depend on seed, shape and view alone', () => {
    const early = drawShape(study, 7, 12);
    drawShape(study, 7, 13);
    drawView(study, 7, 12, 0);
    expect(drawShape(study, 7, 12)).toEqual(early);
    const others = [drawShape(study, 8, 12), drawShape(study, 7, 13), drawShape(study, 7 + 2 ** 32, 12)];
    for (const other of others) expect(other.parameters['radius']).not.toBe(early.parameters['radius']);
    expect(drawView(study, 7, 12, 0)).not.toEqual(drawView(study, 7, 12, 1));
    expect(drawView(study, 7, 12, 0)).not.toEqual(drawView(study, 7, 13, 0));
  });

  it('fill their ranges uniformly and independently', () => {
    const count = 20_000;
    const columns: number[][] = Array.from({ length: 12 }, () => []);
    const unit = (value: number, min: number, max: number) => (value - min) / (max - min);
    for (let shape = 0; shape < count; shape++) {
      const { parameters, baseColor } = drawShape(study, 1, shape);
      const { x, y, z } = drawView(study, 1, shape, shape % 5).cameraAngles;
      const values = [
        ...study.surface.parameters.map(({ name, min, max }) => unit(parameters[name], min, max)),
        ...baseColor,
        unit(x, 30 * degree, 70 * degree),
        unit(y, 0, 360 * degree),
        unit(z, 0, 360 * degree),
      ];
      values.forEach((value, index) => {
        columns[index].push(value);
      });
    }
    for (const column of columns) {
      // Ten bins: chi-squared with 9 degrees of freedom is above 33.7 once in 10,000.
      const bins = new Array(10).fill(0);
      for (const value of column) bins[Math.floor(value * 10)]++;
      const chi2 = bins.reduce((sum, bin) => sum + (bin - count / 10) ** 2 / (count / 10), 0);
      expect(chi2).toBeLessThan(33.7);
    }
    for (let a = 0; a < columns.length; a++) {
      for (let b = 0; b < a; b++) {
        const correlation = columns[a].reduce((sum, value, i) => sum + (value - 0.5) * (columns[b][i] - 0.5) * 12, 0);
        expect(Math.abs(correlation / count)).toBeLessThan(4 / Math.sqrt(count));
      }
    }
  });

  it('stay the same from version to version: published data sets are named by their seed', () => {
    expect(drawShape(study, 1, 0)).toMatchInlineSnapshot(`
      {
        "baseColor": [
          0.23013839947638548,
          0.24806519076991207,
          0.532240876571733,
        ],
        "parameters": {
          "height": 2.4938526835333157,
          "radius": 1.1503161623381621,
          "twist_amp": 1.407872722715663,
          "twist_freq": 1.4703566085771547,
          "wave_amp": 0.4448839979585879,
          "wave_freq": 3.413740842365471,
        },
      }
    `);
    expect(drawView(study, 1, 0, 0).cameraAngles).toMatchInlineSnapshot(`
      {
        "x": 1.13052568671231,
        "y": 3.4932965913653935,
        "z": 2.5851105015176894,
      }
    `);
  });
});

describe('randomStream', () => {
  it('has no two streams alike among 200,000 neighbouring keys', () => {
    const first = new Set<string>();
    for (let shape = 0; shape < 40_000; shape++) {
      for (let view = 0; view < 5; view++) first.add(randomStream(2, 1, shape, view).getState().join());
    }
    expect(first.size).toBe(200_000);
  });

  it('refuses keys that are not integers', () => {
    expect(() => randomStream(1.5)).toThrow('keys must be integers, got 1.5');
  });
});
