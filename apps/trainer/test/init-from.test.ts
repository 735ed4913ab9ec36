import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { programFixture } from './program-fixture.js';

// Training that begins from a trained network, and networks by their names.
const { at, bytes, expectMistake, json, run, synthesize } = programFixture('init');
const small = 'train --dataset data --backbone small --image-size 32 --batch-size 4 --dropout 0';
const adapted =
  'train --dataset data --init-from first --widths none --head mlp --image-size 40 --epochs 3 --batch-size 4';

beforeAll(async () => {
  await synthesize();
  expect((await run(`${small} --widths 8 --epochs 1 --out first`)).code).toBe(0);
});

describe('--init-from', () => {
  it('says which weights fit and which do not, on the terminal and as JSON', async () => {
    const { code, stdout, stderr } = await run(`${adapted} --out whole --json`);
    expect(stderr).toMatch(/Begun from SMALLCNN_NODROP_FOURIER_8: 30 of 32 weights fit and are taken over\./);
    expect(stderr).toMatch(/Begun anew: head_0\/kernel \[3072, 6\], head_0\/bias \[6\]\./);
    expect(stderr).toMatch(/Left there: head_0\/frequencies \[3072, 8\], .*head_1\//);
    expect(code).toBe(0);
    const { init, name } = JSON.parse(stdout);
    expect(name).toBe('SMALLCNN_NODROP_CLASSICA_6');
    expect(init).toMatchObject({ name: 'SMALLCNN_NODROP_FOURIER_8', taken: 30 });
    expect(init.fresh).toEqual([
      { name: 'head_0/kernel', shape: [3072, 6] },
      { name: 'head_0/bias', shape: [6] },
    ]);
    expect(json('whole', 'metrics.json').init).toEqual(init);
    expect(json('whole', 'config.json').experiment.model).toMatchObject({ backbone: 'smallCnn', imageSize: 40 });
  });

  it('goes on after Ctrl-C with the same numbers, when the source is gone', async () => {
    const stopped = await run(`${adapted} --out halves`, 'epoch 1/3');
    expect(stopped.code).toBe(130);
    renameSync(at('first'), at('gone'));
    expect((await run('train --out halves --resume')).code).toBe(0);
    renameSync(at('gone'), at('first'));
    for (const file of ['weights.bin', 'optimizer.bin']) {
      expect(bytes('halves', 'last', file).equals(bytes('whole', 'last', file)), file).toBe(true);
    }
  });

  it('takes the whole network of the source where no flag says otherwise, from a model by itself too', async () => {
    const { code, stdout } = await run('train --dataset data --init-from first/last --epochs 1 --out same --json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).init).toMatchObject({ fresh: [], unused: [] });
    const { seed: _, ...model } = json('first', 'last', 'config.json').config;
    expect(json('same', 'config.json').experiment.model).toEqual(model);
    const named = await run(
      'train --dataset data --init-from first --model SMALLCNN_LOCK_NODROP_EFFK_6 --epochs 1 --out named --json',
    );
    expect(JSON.parse(named.stdout)).toMatchObject({ name: 'SMALLCNN_LOCK_NODROP_EFFK_6', init: { taken: 30 } });
  });

  it('refuses what it cannot begin from, in one sentence', async () => {
    const begin = (from: string) => `train --dataset data --out x --epochs 1 --init-from ${from}`;
    await expectMistake(
      begin('nowhere'),
      /--init-from nowhere: there is no such folder; give a run's folder, a model's/,
    );
    await expectMistake(begin('data'), /--init-from data: it is no run and no model; give a run's folder, a model's/);
    cpSync(at('first'), at('broken'), { recursive: true });
    const weights = bytes('first', 'best', 'weights.bin');
    writeFileSync(at('broken', 'best', 'weights.bin'), weights.subarray(0, 1000));
    await expectMistake(
      begin('broken'),
      /--init-from broken: \S*best cannot be used: weights\.bin is .*put a sound copy/,
    );
    rmSync(at('broken', 'best'), { recursive: true });
    await expectMistake(
      begin('broken'),
      /--init-from broken: it has no best checkpoint; give broken\/last, which is there\./,
    );
    mkdirSync(at('model'));
    writeFileSync(at('model', 'model.json'), '{}');
    await expectMistake(begin('model'), /--init-from model: .*config\.json/);
    await expectMistake(
      `${begin('first')} --backbone squeezenet`,
      /--init-from: nothing of SMALLCNN_NODROP_FOURIER_8 fits SQUEEZENET_NODROP_FOURIER_8, which has another backbone; leave out --backbone/,
    );
    await expectMistake('train --out whole --resume --init-from first', /--init-from cannot be changed when resuming/);
  });
});

it('--model trains the network of that name', async () => {
  const { code, stdout } = await run(
    'train --dataset data --model SMALLCNN_UNLOCK_DROP_EFFK_16 --image-size 32 --epochs 1 --out named-anew --json',
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout).name).toBe('SMALLCNN_DROP4_EFFK_16');
  expect(json('named-anew', 'config.json').experiment.model.head).toMatchObject({ dropout: 0.4, hiddenDropout: 0 });
  const refused = /--model SMALLCNN_DROP_EFFK_6 says the backbone.*; leave out --head, or --model\./;
  await expectMistake('train --dataset data --model SMALLCNN_DROP_EFFK_6 --head mlp --out x', refused);
});

it('--recipe study drops its rate by steps, which flags change', async () => {
  const flags = '--recipe study --model SMALLCNN_NODROP_CLASSICA_6 --image-size 32 --batch-size 8 --epochs 3';
  expect((await run(`train --dataset data ${flags} --step-epochs 2 --step-gamma .5 --out steps`)).code).toBe(0);
  const { experiment } = json('steps', 'config.json');
  expect(experiment).toMatchObject({
    ...{ schedule: 'step', stepDecay: { every: 2, gamma: 0.5 }, batchSize: 8, optimizer: { learningRate: 1e-4 } },
    augmentation: ['mirror', 'rotate', 'color', 'hue'],
  });
  const log = bytes('steps', 'log.jsonl').toString().trimEnd().split('\n');
  expect(log.map((line) => JSON.parse(line).learning_rate)).toEqual([1e-4, 1e-4, 0.5e-4]);
  await expectMistake(`train --dataset data --step-epochs 2 --out x`, /--step-epochs goes with --schedule step only/);
});
