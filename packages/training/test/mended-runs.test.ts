import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { synthesizeDataset } from '@kanrecon/dataset/node';
import { sceneByName } from '@kanrecon/scene';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import type { ExperimentOptions, TrainingEvent, TrainingState } from '../src/index.js';
import { loadCheckpoint, openRunFolder, readRunLog, resumeRun, runFolder, startRun } from '../src/node.js';
import { tinyExperiment } from './tiny-experiment.js';

// What a resume makes of runs that have lost something: nothing that was reached may be lost by it.
const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));
const at = (...parts: string[]) => join(root, ...parts);
const scene = sceneByName('observable');
// At this rate its validation loss has its lowest value in the second of three epochs: the best network is not the last.
const experiment: ExperimentOptions = {
  ...tinyExperiment,
  data: { kind: 'dataset', folder: at('set') },
  optimizer: { learningRate: 5e-4 },
  schedule: 'constant',
};

async function resume(out: string, epochs?: number) {
  const events: TrainingEvent[] = [];
  const onEvent = (event: TrainingEvent) => events.push(event);
  const options = { out: at(out), backend: 'wasm', onInvalid: 'refuse', onEvent } as const;
  const summary = await resumeRun(epochs === undefined ? {} : { epochs }, options);
  const notices = events.flatMap((event) => (event.type === 'notice' ? [event.notice] : []));
  return { summary, notices: notices.filter(({ code }) => !['backend', 'other-length'].includes(code)) };
}

/** What is in a folder, but for the times of training. */
function contents(out: string): Record<string, string> {
  const names = readdirSync(at(out), { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => statSync(at(out, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(at(out, name), 'base64')]));
}

async function stateOf(out: string, which: 'best' | 'last'): Promise<TrainingState> {
  const { reconstructor, extra } = await loadCheckpoint(runFolder(at(out)), which);
  reconstructor.dispose();
  return (extra as unknown as { training: TrainingState }).training;
}

/** A copy of the whole run without some of its parts. */
function without(out: string, ...parts: string[]): void {
  rmSync(at(out), { recursive: true, force: true });
  cpSync(at('whole'), at(out), { recursive: true });
  for (const part of parts) rmSync(at(out, part), { recursive: true });
}

const numbers = ({ history }: TrainingState) => history.map(({ seconds, images_per_second, best, ...rest }) => rest);

/** Best and last checkpoint, log and summary agree. */
async function expectWhole(out: string, epochs: number): Promise<void> {
  const last = await stateOf(out, 'last');
  expect(last.history).toHaveLength(epochs);
  expect(await readRunLog(runFolder(at(out)))).toEqual(last.history);
  const told = JSON.parse(readFileSync(at(out, 'metrics.json'), 'utf8'));
  expect(told.best).toEqual(last.history.findLast(({ best }) => best));
  // The one that is told is the one that is there.
  const { best, seconds: _, images_per_second: __, ...rest } = told.best;
  expect(numbers(await stateOf(out, 'best')).at(-1)).toEqual(rest);
  expect(best).toBe(true);
  const files = readdirSync(at(out)).filter((name) => !/^log\.\d\.jsonl$/.test(name));
  expect(files.sort()).toEqual(['best', 'config.json', 'last', 'log.jsonl', 'metrics.json']);
}

beforeAll(async () => {
  const split = { train: 12, val: 5, test: 1 };
  await synthesizeDataset({ dir: at('set'), scene, shapes: 18, viewsPerShape: 1, split, imageSize: 32, workers: 1 });
  await startRun(experiment, { out: at('whole'), backend: 'wasm', onInvalid: 'refuse' });
  const { history } = await stateOf('whole', 'last');
  // What the tests below are about.
  expect(history.findLast(({ best }) => best)?.epoch).toBeLessThan(3);
});

describe('resumeRun', () => {
  it.each([undefined, 4])('mends what can be told without a checkpoint (epochs %o)', async (epochs) => {
    for (const parts of [['log.jsonl'], ['metrics.json'], ['log.jsonl', 'metrics.json']]) {
      without('mended', ...parts);
      const { notices } = await resume('mended', epochs);
      expect(notices).toEqual([]);
      await expectWhole('mended', epochs ?? 3);
    }
  });

  it.each([undefined, 4])(
    'goes on from the best checkpoint without a last one, and says so (epochs %o)',
    async (epochs) => {
      without('no-last', 'last');
      const best = await stateOf('whole', 'best');
      const before = contents('no-last');
      const { notices } = await resume('no-last', epochs);
      expect(notices).toEqual([
        { code: 'last-missing', epoch: best.epoch },
        { code: 'log-kept', file: 'log.1.jsonl' },
      ]);
      await expectWhole('no-last', epochs ?? 3);
      // Epochs that were reached are trained again; what was told of them is still there.
      expect(contents('no-last')['log.1.jsonl']).toBe(before['log.jsonl']);
      const again = await stateOf('no-last', 'last');
      expect(numbers(again).slice(0, best.epoch)).toEqual(numbers(best));
      const lowest = Math.min(...again.history.map(({ val_loss }) => val_loss));
      expect((await stateOf('no-last', 'best')).history.at(-1)!.val_loss).toBe(lowest);
    },
  );

  it('makes the last checkpoint from the best one also where nothing is left to train, and the run goes on from there', async () => {
    const { epoch } = await stateOf('whole', 'best');
    without('done', 'last');
    const { summary, notices } = await resume('done', epoch);
    expect(summary).toMatchObject({ finished: true, epochs: epoch });
    expect(notices[0]).toEqual({ code: 'last-missing', epoch });
    await expectWhole('done', epoch);
    expect(contents('done')['last/weights.bin']).toBe(contents('whole')['best/weights.bin']);
    expect((await resume('done', epoch)).notices).toEqual([]);
    expect((await resume('done', 3)).notices).toEqual([]);
    await expectWhole('done', 3);
    // The same as if it had gone on at once.
    without('at-once', 'last');
    await resume('at-once');
    expect(numbers(await stateOf('done', 'last'))).toEqual(numbers(await stateOf('at-once', 'last')));
  });

  it.each([undefined, 4])(
    'takes the last network for the best where that is lost, and says so (epochs %o)',
    async (epochs) => {
      without('no-best', 'best');
      const lost = (await stateOf('whole', 'best')).epoch;
      const { notices } = await resume('no-best', epochs);
      expect(notices).toEqual([{ code: 'best-missing', lost, kept: 3 }]);
      await expectWhole('no-best', epochs ?? 3);
      expect(numbers(await stateOf('no-best', 'last')).slice(0, 3)).toEqual(numbers(await stateOf('whole', 'last')));
    },
  );

  it('makes the best checkpoint from the last, if the crash came between them', async () => {
    // The first epoch is always the best so far.
    const events: TrainingEvent[] = [];
    const controller = new AbortController();
    const onEvent = (event: TrainingEvent) => {
      events.push(event);
      if (event.type === 'epoch') controller.abort();
    };
    const common = { backend: 'wasm', onInvalid: 'refuse' } as const;
    await startRun(experiment, { ...common, out: at('between'), onEvent, signal: controller.signal });
    const saved = events.flatMap((event) => (event.type === 'checkpoint' ? [event.which] : []));
    expect(saved).toEqual(['last', 'best']);
    const before = contents('between');
    rmSync(at('between', 'best'), { recursive: true });
    expect((await resume('between', 1)).notices).toEqual([]);
    await expectWhole('between', 1);
    expect(contents('between')['best/weights.bin']).toBe(before['best/weights.bin']);
  });

  it('lets the next epoch be the best where the network of none is left', async () => {
    const controller = new AbortController();
    let steps = 0;
    const onEvent = (event: TrainingEvent) => {
      if (event.type === 'step' && ++steps === 3) controller.abort();
    };
    const common = { backend: 'wasm', onInvalid: 'refuse' } as const;
    await startRun(experiment, { ...common, out: at('in-epoch'), onEvent, signal: controller.signal });
    rmSync(at('in-epoch', 'best'), { recursive: true });
    // An epoch that the checkpoint does not know of is kept, though the checkpoint is saved anew.
    appendFileSync(at('in-epoch', 'log.jsonl'), readFileSync(at('whole', 'log.jsonl'), 'utf8').split('\n')[1]!);
    const logged = contents('in-epoch')['log.jsonl'];
    const { notices } = await resume('in-epoch');
    expect(notices).toEqual([
      { code: 'best-missing', lost: 1 },
      { code: 'log-kept', file: 'log.1.jsonl' },
    ]);
    await expectWhole('in-epoch', 3);
    expect(contents('in-epoch')['log.1.jsonl']).toBe(logged);
  });

  it.each([[['log.jsonl']], [['metrics.json']], [[]]])(
    'says what is missing where there is no checkpoint, and changes nothing (without %j)',
    async (parts) => {
      without('bare', 'best', 'last', ...parts);
      const before = contents('bare');
      await expect(resume('bare', 4)).rejects.toMatchObject({ code: 'checkpoints-missing', details: { epochs: 3 } });
      expect(contents('bare')).toEqual(before);
    },
  );

  it('begins again where nothing was reached', async () => {
    without('nothing', 'best', 'last', 'log.jsonl', 'metrics.json');
    await resume('nothing');
    await expectWhole('nothing', 3);
    expect(numbers(await stateOf('nothing', 'last'))).toEqual(numbers(await stateOf('whole', 'last')));
  });

  it('goes on with or says what is wrong with every file that is cut off, and destroys nothing', async () => {
    const files = Object.keys(contents('whole'));
    expect(files).toHaveLength(10);
    for (const file of files) {
      without('cut');
      truncateSync(at('cut', file), statSync(at('cut', file)).size >> 1);
      const before = contents('cut');
      if (file === 'log.jsonl' || file === 'metrics.json') {
        await resume('cut');
        await expectWhole('cut', 3);
        expect(contents('cut')[file] === contents('whole')[file]).toBe(true);
        continue;
      }
      const error: unknown = await resume('cut', 4).catch((reason) => reason);
      const code = file === 'config.json' ? 'unusable-run' : 'unusable-checkpoint';
      expect(error, file).toMatchObject({ code });
      expect((error as Error).message).toContain(file.slice(file.indexOf('/') + 1));
      if (code === 'unusable-checkpoint') {
        const best = (await stateOf('whole', 'best')).epoch;
        expect((error as Error).message).toMatch(
          file.startsWith('last/')
            ? new RegExp(`put a sound copy of .*last in its place, or move it away to go on from epoch ${best},`)
            : /put a sound copy of .*best in its place, or move it away to go on without it$/,
        );
      }
      expect(contents('cut')).toEqual(before);
    }
  });

  it('without a config.json names what is there of the run, the wanted checkpoint first', async () => {
    without('no-config', 'config.json');
    const parts = ['log.jsonl', 'metrics.json'];
    await expect(resume('no-config')).rejects.toMatchObject({
      code: 'no-run',
      details: { exists: true, checkpoints: ['best', 'last'], parts: ['best', 'last', ...parts] },
    });
    const details = { checkpoints: ['last', 'best'], parts: ['last', 'best', ...parts] };
    await expect(openRunFolder(at('no-config'), 'last')).rejects.toMatchObject({ code: 'no-run', details });
    for (const name of ['best', 'last']) rmSync(at('no-config', name), { recursive: true });
    await expect(resume('no-config')).rejects.toMatchObject({ details: { checkpoints: [], parts } });
  });

  it('sweeps what processes that were killed have left', async () => {
    without('left');
    cpSync(at('left', 'last'), at('left', 'last.saving'), { recursive: true });
    cpSync(at('left', 'best'), at('left', 'best.previous'), { recursive: true });
    cpSync(at('left', 'last'), at('left', 'last.previous'), { recursive: true });
    rmSync(at('left', 'last'), { recursive: true });
    for (const name of ['.log.jsonl.0123abcd.tmp', '.kanrecon-probe.01234567.tmp', '.training.lock.89abcdef.tmp']) {
      writeFileSync(at('left', name), 'x');
    }
    writeFileSync(at('left', 'training.lock'), '4000000\n');
    await resume('left');
    await expectWhole('left', 3);
    expect(existsSync(at('left', 'training.lock'))).toBe(false);
  });
});
