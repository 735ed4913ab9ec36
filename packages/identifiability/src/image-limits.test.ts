import { sceneByName, sceneNames, sceneWith } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { imageLimits, measureLimits } from './image-limits.js';
import { knownLimits } from './known-limits.js';
import { storedLimits } from './stored-limits.js';

describe('storedLimits', () => {
  const now = knownLimits['study']!;
  const { bounds: _, ...oldBest } = now.best!;
  const old = { ...now, best: oldBest };

  it('reads what earlier versions stored', () => {
    expect(storedLimits(old)).toEqual(now);
    expect(storedLimits(now)).toBe(now);
    expect(storedLimits({ ...old, undecided: 1 }).best).toBeNull();
    expect(storedLimits({ ...old, unexplained: 1 }).best?.bounds).toEqual([
      'radius',
      'height',
      'wave_amp',
      'wave_freq',
    ]);
    expect(storedLimits({ ...now, undecided: 1, best: null })).toEqual({ ...now, undecided: 1, best: null });
  });
});

describe('imageLimits', () => {
  it.each(sceneNames)('knows of the scene %s what is measured', async (name) => {
    // To the last digit here; other processors' sines may round otherwise.
    const round = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value);
    const text = (limits: unknown) => JSON.parse(JSON.stringify(limits, round));
    expect(text(knownLimits[name])).toEqual(text(await measureLimits(sceneByName(name))));
  });

  it('is at hand for a built-in scene, and measured for a variant', async () => {
    const seen: number[] = [];
    const onProgress = (done: number) => seen.push(done);
    const copy = { ...sceneByName('study') };
    expect(await imageLimits(copy, { onProgress })).toBe(knownLimits['study']);
    expect(seen).toEqual([]);
    const variant = sceneWith(sceneByName('study'), { camera: { placement: 'fixed' } });
    const { invisible } = await imageLimits(variant, { onProgress });
    expect(invisible).toEqual(['twist_amp', 'twist_freq']);
    expect(seen.length).toBeGreaterThan(0);
    const times = seen.length;
    await imageLimits(variant, { onProgress });
    expect(seen).toHaveLength(times);
  });
});
