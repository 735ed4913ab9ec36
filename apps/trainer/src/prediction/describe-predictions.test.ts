import { expect, it } from 'vitest';
import { describePredictions } from './describe-predictions.js';
import type { ReconstructedFile } from './reconstructed-file.js';

const file = (i: number, kind: 'found' | 'doubtful' | 'foreign', calibrated = false) =>
  ({
    path: `${i}.png`,
    json: {
      outside_range: [],
      refined: {
        found: kind === 'found',
        calibrated,
        verdict: { kind, score: 0, sentence: `It is ${kind}.` },
        at_range_end: [],
        estimates: { radius: { mean: 1, median: 1, interval50: [0.9, 1.1], interval90: [0.8, 1.2], told: true } },
        combinations: {},
      },
    },
  }) as unknown as ReconstructedFile;

it('shows a table for each of the first images, and names those of the others that are not explained', () => {
  const files = Array.from({ length: 12 }, (_, i) => file(i, i % 5 === 4 ? 'foreign' : 'found'));
  const text = describePredictions(files, { invisible: [], summary: ['All shows.'] }).join('\n');
  expect(text.match(/^radius/gm)).toHaveLength(7);
  expect(text).toContain('4.png: It is foreign.\n\n5.png: It is found.');
  expect(text).toMatch(/\n… and 4 more, in predictions\.csv\nNot explained among them: 9\.png\n/);
  expect(text).toContain('Of what does not look like such an object there are files');
  expect(text).not.toContain('Numbers after "about"');
  expect(text).toContain('All shows.');
  expect(describePredictions([file(0, 'found')], undefined).join('\n')).not.toContain('which mean little');
  const doubtful = describePredictions([file(0, 'doubtful')], undefined).join('\n');
  expect(doubtful).toContain('Numbers after "about" come without an interval');
  expect(doubtful).not.toContain('which mean little');
});

it('says of which images the intervals were measured', () => {
  const said = (...files: ReconstructedFile[]) => describePredictions(files, undefined).join('\n');
  const [measured, not] = [
    "Intervals hold the real value in 90 of 100 of the scene's own renderings",
    'they are not calibrated',
  ];
  expect(said(file(0, 'found', true))).toContain(measured);
  expect(said(file(0, 'found', true))).not.toContain(not);
  expect(said(file(0, 'found'))).toContain(`Intervals follow from how sharply the fit is determined; ${not}`);
  expect(said(file(0, 'found'), file(1, 'found', true))).toContain('Those of the others (1 of 2) follow');
});
