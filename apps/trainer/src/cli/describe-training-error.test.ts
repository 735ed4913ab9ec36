import { TrainingError } from '@kanrecon/training/names';
import { describe, expect, it } from 'vitest';
import { describeError } from './describe-error.js';

describe('mistakes in a training', () => {
  it('are told in the words of the program: its flags are the remedy', () => {
    const locked = new TrainingError(
      'run-locked',
      { path: 'runs/a', process: 7, file: 'runs/a/training.lock' },
      'lockRun: …',
    );
    expect(describeError(locked, false)).toMatchObject({
      message:
        'runs/a: process 7 is training in this folder, as runs/a/training.lock says; wait until it is done or choose another --out, or delete that file if nothing trains there any more.',
      isMistake: true,
    });
    const parts = { augmentation: ['mirror', 'rotate', 'color', 'hue'], others: ['rotate', 'color', 'hue'] };
    const labels = new TrainingError('false-labels', { ...parts, scene: 'observable', shows: 'another object' }, '…');
    expect(describeError(labels, false).message).toBe(
      '--augment study would make labels false: a mirrored image of the scene observable shows another object; use --augment rotate,color,hue.',
    );
    const mirror = { augmentation: ['mirror'], others: [], scene: 'fluted', shows: 'another object' };
    expect(describeError(new TrainingError('false-labels', mirror, '…'), false).message).toMatch(
      /^--augment mirror .*; use --augment rotate\.$/,
    );
  });

  it('a batch that does not fit names the flags that make it fit', () => {
    const place = { epoch: 1, step: 2, batchSize: 512, imageSize: 224, reason: '…' };
    const tell = (workers: number) =>
      describeError(new TrainingError('out-of-memory', { ...place, workers }, 'trainingLoop: out of memory; …'), false);
    expect(tell(1)).toMatchObject({
      message:
        'training stopped in epoch 1, step 2: 512 images of 224 pixels do not fit into the 4 GB of memory that the backend wasm has in a thread; give a smaller --batch-size, or --workers 2 to share each batch.',
      isMistake: true,
    });
    expect(tell(4).message).toMatch(/224 pixels in 4 threads do not fit .*; give a smaller --batch-size\.$/);
    const one = new TrainingError('out-of-memory', { ...place, batchSize: 1, workers: 1 }, '…');
    expect(describeError(one, false).message).toMatch(
      /: 1 image of 224 pixels does not fit .*; give a smaller --image-size\.$/,
    );
  });

  it('a checkpoint of several state dicts is what import-checkpoint is for', () => {
    const reason =
      'w.pt: it holds several; expected the option stateDict, one of model_state_dict, ema_state_dict, or a file of that one alone (torch.save of it)';
    const error = new TrainingError('unusable-checkpoint', { reason }, '…');
    expect(describeError(error, false).message).toBe(
      'w.pt: it holds several; "kanrecon import-checkpoint" makes a model of one of them, with --state-dict, one of model_state_dict, ema_state_dict.',
    );
  });

  it('a run that has lost its config.json is told from what is no run', () => {
    const tell = (...parts: string[]) => {
      const checkpoints = parts.filter((part) => part === 'best' || part === 'last');
      const error = new TrainingError('no-run', { path: 'runs/a', exists: true, checkpoints, parts }, '…');
      return describeError(error, false).message;
    };
    expect(tell()).toBe(
      'runs/a is no run folder (it has no config.json); expected one made by "kanrecon train", a model\'s folder or zip file, or a checkpoint (.pt, .pth, .safetensors).',
    );
    expect(tell('log.jsonl')).toBe(
      'runs/a is a run folder (log.jsonl) whose config.json is missing, without which its training cannot be told; put a copy of it there.',
    );
    expect(tell('last', 'best', 'log.jsonl')).toMatch(
      /^runs\/a is a run folder \(last, best, log\.jsonl\) .*; put a copy of it there, or use runs\/a\/last, which is a model by itself\.$/,
    );
  });

  it('a data set with nothing in a part comes with what to do', () => {
    const empty = new TrainingError('empty-split', { dataset: 'data', split: 'val' }, '…');
    expect(describeError(empty, false).message).toBe(
      'data has no usable sample in its val split; add images with their labels there, or make a data set of more objects with "kanrecon synth".',
    );
  });

  it('a checkpoint that is not there: what is there instead, what is lost, or what is still to come', () => {
    const tell = (more: { other?: 'best' | 'last'; lost: boolean }) =>
      describeError(new TrainingError('no-checkpoint', { path: 'runs/a', checkpoint: 'last', ...more }, '…'), false);
    expect(tell({ other: 'best', lost: true })).toMatchObject({
      message: 'runs/a has no last checkpoint; give --checkpoint best, which is there.',
      isMistake: true,
    });
    expect(tell({ lost: true }).message).toBe(
      'runs/a has been trained, but its checkpoints are missing: neither last nor best is there; put a copy of one there.',
    );
    expect(tell({ lost: false }).message).toMatch(/^runs\/a has no last checkpoint yet; go on with its training/);
  });

  it("are told in the library's words where those are as good", () => {
    const sizes = { field: 'growth.sizes', reason: 'growth.sizes is wrong; expected a, got b' };
    expect(describeError(new TrainingError('wrong-experiment', sizes, '…'), false).message).toBe(
      '--grow-sizes is wrong; expected a, got b; without it, or with --grow-sizes none, nothing grows.',
    );
    const wrong = new TrainingError('wrong-experiment', { reason: 'x' }, 'parseExperiment: budget.epochs is wrong');
    expect(describeError(wrong, false)).toMatchObject({ message: 'budget.epochs is wrong.', isMistake: true });
  });

  it("a thread's failure is none of the user's", () => {
    const failed = new TrainingError('worker-failed', { epoch: 1, step: 2, reason: 'gone' }, 'trainingLoop: gone');
    expect(describeError(failed, false)).toMatchObject({ isMistake: false });
  });
});
