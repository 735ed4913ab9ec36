import { sceneByName } from '@kanrecon/scene';
import { expect, it } from 'vitest';
import { describePredictions } from './describe-predictions.js';
import { predictionLimits } from './image-limits.js';
import type { ReconstructedFile } from './reconstructed-file.js';

const study = sceneByName('study');

it('takes from a card what is about parameters of the scene, and knows nothing where it does not say', () => {
  const limits = { invisible: ['twist_freq', 'twist_amp', 'else'], summary: ['They leave no trace.'], best: null };
  expect(predictionLimits({ limits }, study)).toEqual({
    invisible: ['twist_amp', 'twist_freq'],
    summary: ['They leave no trace.'],
  });
  for (const card of [
    {},
    { limits: null },
    { limits: 3 },
    { limits: { invisible: 'all' } },
    { limits: { invisible: [1] } },
  ])
    expect(predictionLimits(card, study)).toBeUndefined();
});

it('says so in the text, and shows no number of what is invisible', () => {
  const json = {
    parameters: { radius: 0.61234, height: 0.4, twist_amp: 1.23456 },
    drawn_parameters: { radius: 0.61234, height: 1, twist_amp: 1.23456 },
    outside_range: ['height'],
  };
  const file = (invisible: string[] | null) =>
    ({ path: 'a.png', json: { ...json, invisible } }) as unknown as ReconstructedFile;
  const known = describePredictions([file(['twist_amp'])], {
    invisible: ['twist_amp'],
    summary: ['It leaves no trace.'],
  });
  expect(known[0]).toBe('a.png: radius 0.612, height 0.400 (drawn as 1); not visible: twist_amp');
  expect(known.join('\n')).toContain('It leaves no trace.\nNo other number is checked');
  const unknown = describePredictions([file(null)], undefined);
  expect(unknown[0]).toBe('a.png: radius 0.612, height 0.400 (drawn as 1), twist_amp 1.235');
  expect(unknown.join('\n')).toContain('does not say which parameters such images show at all');
  const many = describePredictions(
    Array.from({ length: 23 }, () => file(null)),
    undefined,
  );
  expect(many[20]).toBe('… and 3 more, in predictions.csv');
});
