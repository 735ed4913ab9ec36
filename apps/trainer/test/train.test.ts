import { cpSync, existsSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { programFixture, tiny } from './program-fixture.js';
import { runProgram } from './run-program.js';

// Training, its mistakes and its interruption.
const { at, bytes, expectMistake, folder, json, run, synthesize, train } = programFixture('train');

/** `log.jsonl` without the times, which no two runs share. */
function log(name: string) {
  const lines = bytes(name, 'log.jsonl').toString().trimEnd().split('\n');
  return lines.map((line) => ({ ...JSON.parse(line), seconds: 0, images_per_second: 0 }));
}

beforeAll(async () => {
  await synthesize();
  await train('whole');
});

describe('train', () => {
  it('leaves a run folder with configuration, log, checkpoints and metrics', () => {
    expect(readdirSync(at('whole')).sort()).toEqual(['best', 'config.json', 'last', 'log.jsonl', 'metrics.json']);
    const records = log('whole');
    expect(records.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    for (const record of records) {
      for (const key of ['train_loss', 'val_loss', 'val_mae', 'val_rmse', 'val_r2', 'learning_rate']) {
        expect(Number.isFinite(record[key]), key).toBe(true);
      }
    }
    expect(json('whole', 'metrics.json')).toMatchObject({
      name: 'SQUEEZENET_DROP3_FOURIER_DROP_8',
      finished: true,
      epochs: 3,
    });
    const best = records.reduce((a, b) => (b.val_loss < a.val_loss ? b : a));
    expect(json('whole', 'metrics.json').best.epoch).toBe(best.epoch);
  });

  it('Ctrl-C saves and leaves with 130; --resume ends with the very same weights and log', async () => {
    const stopped = await run(`${tiny} --out halves`, 'epoch 1/3');
    expect(stopped.code).toBe(130);
    expect(stopped.stdout).toContain('kanrecon train --out halves --resume');
    expect(json('halves', 'metrics.json').finished).toBe(false);
    const position = json('halves', 'last', 'config.json').extra.training;
    expect(position.epoch + position.step).toBeGreaterThan(0);
    expect(position.epoch).toBeLessThan(3);

    const resumed = await run('train --out halves --resume --json');
    expect(resumed.code).toBe(0);
    expect(JSON.parse(resumed.stdout)).toMatchObject({ finished: true, epochs: 3 });
    expect(log('halves')).toEqual(log('whole'));
    for (const file of [
      ['last', 'weights.bin'],
      ['last', 'optimizer.bin'],
      ['best', 'weights.bin'],
    ]) {
      expect(bytes('halves', ...file).equals(bytes('whole', ...file)), file.join('/')).toBe(true);
    }
  });

  it('takes another head, which evaluate and --resume then know', async () => {
    expect((await run(`${tiny.replace('--epochs 3', '--epochs 1')} --out fast --head fast`)).code).toBe(0);
    expect(json('fast', 'metrics.json').name).toBe('SQUEEZENET_DROP3_FSTK_DROP_8');
    expect((await run('train --out fast --resume --epochs 2')).code).toBe(0);
    const { code, stdout } = await run('evaluate fast --dataset data --json');
    expect(code).toBe(0);
    expect(Number.isFinite(JSON.parse(stdout).scores.mse)).toBe(true);
  });

  it('takes the settings of a recipe, but for the flags that are given, and its network is evaluated', async () => {
    const flags = '--epochs 1 --image-size 32 --workers 1';
    expect((await run(`train --recipe small --dataset data --out small ${flags}`)).code).toBe(0);
    const { experiment, name } = json('small', 'config.json');
    // A single layer behind the backbone, as --model says it; its outputs are 18: camera and spreads, too.
    expect(name).toBe('SMALLCNN_NODROP_CLASSICA_6');
    const { model, ...training } = experiment;
    const head = { type: 'mlp', dropout: 0, uncertainty: 'gaussian' };
    expect(model).toMatchObject({ backbone: 'smallCnn', imageSize: 32, head });
    expect(training).toMatchObject({
      camera: true,
      budget: { epochs: 1 },
      batchSize: 32,
      schedule: 'one-cycle',
      workers: 1,
    });
    const { code, stdout } = await run('evaluate small --dataset data --json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ name, images: 8 });
  });

  it('refuses what cannot be meant', async () => {
    await expectMistake(`${tiny} --out whole`, /whole holds a run already; continue it with --resume/);
    await expectMistake('train --out whole --resume --head mlp', /--head cannot be changed when resuming/);
    await expectMistake(
      'train --out whole --resume --stream-workers 2',
      /--stream-workers goes with a run on streamed/,
    );
    await expectMistake(
      `${tiny.replace('study', 'none,mirror')} --out x`,
      /--augment takes .* but none, .* got "none,mirror"/,
    );
    await expectMistake('train --out nothing --resume', /there is no run folder nothing/);
    await expectMistake(
      'train --dataset nowhere --out x --image-size 32',
      /nowhere: there is no such folder; check the path, or make a data set with .*kanrecon synth/,
    );
    writeFileSync(at('file'), '');
    await expectMistake('train --dataset data --out file/x', /is a file, not a folder/);
  });

  it('refuses a folder that another process trains in', async () => {
    cpSync(at('whole'), at('busy'), { recursive: true });
    writeFileSync(at('busy', 'training.lock'), `${process.pid}\n`);
    const message = new RegExp(`busy: process ${process.pid} is training in this folder`);
    await expectMistake('train --out busy --resume --epochs 4', message);
    await expectMistake(`${tiny} --out busy`, message);
  });

  it('a longer schedule is announced, and the data set of the run is named', async () => {
    cpSync(at('whole'), at('longer'), { recursive: true });
    const { code, stdout, stderr } = await run('train --out longer --resume --epochs 4');
    expect(stderr).toMatch(/cosine learning rate follows the new length of 4 epochs \(3 before\)/);
    expect(stdout).toMatch(/best is epoch \d, the lowest validation loss/);
    expect(stdout).toMatch(/Next: kanrecon evaluate longer --dataset \S*data\n/);
    expect(code).toBe(0);
  });

  it('a failed start leaves no empty folders behind', async () => {
    await expectMistake('train --dataset nowhere --out deep/er/run', /nowhere: there is no such folder/);
    expect(existsSync(at('deep'))).toBe(false);
  });

  it('refuses a run folder that is the data set or lies inside it', async () => {
    await expectMistake('train --dataset data --out data', /--out data is the data set/);
    await expectMistake('train --dataset data/ --out ./data/train/x', /lies inside the data set data/);
    symlinkSync(at('data'), at('link'));
    await expectMistake('train --dataset data --out link/run', /lies inside the data set data/);
    expect(
      readdirSync(at('data'))
        .filter((name) => name !== '.cache')
        .sort(),
    ).toEqual(['synthesis.json', 'test', 'train', 'val']);
  });

  it.each([
    ['last.saving', 'last', /go on with kanrecon train --out full-\S+ --resume/],
    ['.log.jsonl', 'log.jsonl', /go on with kanrecon train --out full-\S+ --resume/],
    ['.config.json', 'config.json', /give the same command again/],
  ])(
    'a disk that is full at %s is told in one sentence, and the run goes on when there is space',
    async (at, named, next) => {
      const out = `full-${named}`;
      const environment = {
        NODE_OPTIONS: `--import ${new URL('./full-disk.mjs', import.meta.url).href}`,
        FULL_AT: `${out}/${at}`,
      };
      const { code, stderr } = await runProgram([...tiny.split(' '), '--out', out], folder, undefined, environment);
      expect(stderr).toMatch(new RegExp(`${out}/${named}: the disk is full; free some space, then `));
      expect(stderr).toMatch(next);
      expect(stderr).not.toMatch(/bug|\n\s+at /);
      expect(code).toBe(2);
      const goOn = next.source.includes('resume') ? `train --out ${out} --resume` : `${tiny} --out ${out}`;
      expect((await run(goOn)).code).toBe(0);
      expect(log(out)).toEqual(log('whole'));
    },
  );

  it('a disk that is full while a data set is made is told with what to do, and the same command goes on', async () => {
    const environment = {
      NODE_OPTIONS: `--import ${new URL('./full-disk.mjs', import.meta.url).href}`,
      FULL_AT: '3DfORMULA_2_vers1.png',
    };
    const line = 'synth --out full-data --shapes 10 --views 2 --size 32 --workers 1';
    const { code, stderr } = await runProgram(line.split(' '), folder, undefined, environment);
    expect(stderr).toMatch(
      /3DfORMULA_2_vers1\.png: the disk is full \(ENOSPC\); free some space or use another folder; 5 of 20/,
    );
    expect(code).toBe(2);
    expect((await run(line)).stdout).toContain('5 were there already');
  });

  it('stops with one sentence when the loss is no number any more', async () => {
    await expectMistake(
      'train --dataset data --out diverged --image-size 32 --epochs 1 --learning-rate 1e30 --schedule constant',
      /the loss became (NaN|-?Infinity) in epoch 1, step \d+; there is no good checkpoint yet, so delete \S+diverged or choose another --out, and train again with a lower --learning-rate/,
    );
    await expectMistake(
      'evaluate diverged --dataset data',
      /no best checkpoint yet.*delete the folder and train again/,
    );
  });
});
