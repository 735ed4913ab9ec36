import { compareReconstruction } from '@kanrecon/reconstruction';
import { sceneByName } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import type { Ui } from '../ui/ui.js';
import { measurePairs } from './distance-worker.js';
import { distancesTable } from './distances-table.js';
import { measureDistances } from './measure-distances.js';
import { summarizeDistances } from './summarize-distances.js';

const study = sceneByName('study');
const shape = { radius: 1, height: 2, twist_amp: 1, twist_freq: 2, wave_amp: 0.2, wave_freq: 2.5 };
const pairs = [1.1, 1.25].map((radius) => ({ predicted: { ...shape, radius }, real: shape }));

/** Hears how far it is. */
function listener() {
  const heard: number[] = [];
  const ui = { progress: () => ({ update: (done: number) => heard.push(done), stop: () => heard.push(-1) }) };
  return { heard, ui: ui as unknown as Ui };
}

describe('measureDistances', () => {
  it('compares pair by pair, with progress', async () => {
    const { heard, ui } = listener();
    const found = await measureDistances(study, pairs, ui, new AbortController().signal, 1);
    expect(found).toEqual(pairs.map(({ predicted, real }) => compareReconstruction(study, predicted, real)));
    expect(heard).toEqual([1, 2, -1]);
  });

  it('stops when it is told to', async () => {
    const { heard, ui } = listener();
    const stopped = measureDistances(study, pairs, ui, AbortSignal.abort(), 1);
    await expect(stopped).rejects.toThrow('aborted');
    expect(heard).toEqual([-1]);
  });
});

describe('measurePairs', () => {
  it('keeps the ranges that a run has from an earlier version', async () => {
    const parameters = study.surface.parameters.map((row) => (row.name === 'radius' ? { ...row, max: 1.05 } : row));
    const found = await measurePairs({ scene: { name: 'study' }, parameters, pairs });
    const inside = compareReconstruction(study, { ...shape, radius: 1.05 }, shape);
    expect(found).toEqual([inside, inside]);
    const present = study.surface.parameters;
    expect((await measurePairs({ scene: { name: 'study' }, parameters: present, pairs }))[0]).toEqual(
      compareReconstruction(study, pairs[0]!.predicted, shape),
    );
  });
});

describe('summarizeDistances', () => {
  it('tells mean, quantiles and worst as fractions of the size, as NumPy does', () => {
    const comparisons = Array.from({ length: 101 }, (_, i) => ({
      size: 2,
      asFound: { mean: i / 50, hausdorff: i, hausdorffError: 0 },
      scaled: { mean: 0.5, hausdorff: (100 - i) ** 2, hausdorffError: 0, scale: 1 },
    }));
    const { images, asFound, scaled } = summarizeDistances(comparisons);
    expect(images).toBe(101);
    expect(asFound.hausdorff).toEqual({ mean: 25, median: 25, p90: 45, p99: 49.5, worst: 50 });
    expect(asFound.mean.worst).toBe(1);
    expect(scaled.mean).toEqual({ mean: 0.25, median: 0.25, p90: 0.25, p99: 0.25, worst: 0.25 });
    expect(scaled.hausdorff.worst).toBe(5000);
    // numpy.quantile([1, 2, 4], [.5, .9, .99]) is [2, 3.6, 3.96].
    const three = [1, 2, 4].map((hausdorff) => {
      const difference = { mean: 0, hausdorff, hausdorffError: 0 };
      return { size: 1, asFound: difference, scaled: { ...difference, scale: 1 } };
    });
    const { median, p90, p99 } = summarizeDistances(three).asFound.hausdorff;
    expect([median, p90, p99].map((value) => Number(value.toFixed(9)))).toEqual([2, 3.6, 3.96]);
  });

  it('is shown in per cent', () => {
    const difference = { mean: 0.01, hausdorff: 0.5, hausdorffError: 0 };
    const table = distancesTable(
      summarizeDistances([{ size: 2, asFound: difference, scaled: { ...difference, scale: 1 } }]),
    );
    expect(table).toMatch(/mean +median +90 % +99 % +worst/);
    expect(table).toMatch(/^greatest, best scale +25\.00( +25\.00){4}$/m);
  });
});
