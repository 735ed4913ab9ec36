import { TrainingError } from '@kanrecon/training/names';
import { expect, it } from 'vitest';
import { explainRunFailure } from './run-errors.js';

const explained = (error: Error) => {
  try {
    return explainRunFailure('runs/a')(error);
  } catch (thrown) {
    return (thrown as Error).message;
  }
};

it('a run without its config.json cannot go on, whatever else is there of it', () => {
  const lost = (parts: string[]) => new TrainingError('no-run', { path: 'runs/a', exists: true, parts }, 'said');
  expect(explained(lost(['best', 'last']))).toBe(
    'runs/a is a run folder whose config.json is missing, without which its training cannot go on; put a copy of it there, or choose another --out to train anew.',
  );
  // The program's other words are as good.
  expect(explained(lost([]))).toBe('said');
  expect(explained(new Error('said'))).toBe('said');
});
