import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sceneByName } from '@kanrecon/scene';
import { startRun } from '@kanrecon/training/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import type { PretrainedCard } from '../src/card.js';

const root = temporaryFolder();
const at = (...parts: string[]) => join(root, ...parts);
const own = fileURLToPath(new URL('..', import.meta.url));
afterAll(() => rmSync(root, { recursive: true }));

beforeAll(async () => {
  mkdirSync(at('package', 'src'), { recursive: true });
  mkdirSync(at('package', 'models'));
  cpSync(join(own, 'README.md'), at('package', 'README.md'));
  await startRun(
    {
      model: { backbone: 'smallCnn', imageSize: 32, head: { type: 'mlp', uncertainty: 'gaussian' } },
      data: { kind: 'stream', epochImages: 32 },
      camera: true,
      optimizer: { learningRate: 1e-3 },
      budget: { epochs: 1 },
      batchSize: 16,
      seed: 5,
    },
    {
      out: at('run'),
      draw: { scene: sceneByName('fluted'), validationImages: 40 },
      backend: 'wasm',
      onInvalid: 'refuse',
    },
  );
});

function pack(...args: string[]) {
  const script = join(own, 'scripts', 'pack-model.mjs');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [script, ...args, '--into', at('package'), '--images', '30', '--calibration-images', '200'],
    { encoding: 'utf8' },
  );
  return { status, stdout, errors: stderr.split('\n').filter((line) => line.startsWith('pack-model:')) };
}

describe('pack-model', () => {
  it('puts a finished run into the package: files, card, and what names them', () => {
    const command = 'npx kanrecon train --stream fluted';
    const { status, stdout, errors } = pack(at('run'), 'small', '--command', command);
    expect([status, errors]).toEqual([0, []]);
    expect(stdout).toMatch(/^small: R² .* on 30 fresh images, [\d.]+ MB; half precision costs [\d.e-]+ of a range/);
    expect(readdirSync(at('package', 'models'))).toEqual(['small']);
    expect(readdirSync(at('package', 'models', 'small')).sort()).toEqual([
      'card.json',
      'config.json',
      'model.json',
      'weights.bin',
    ]);
    const card: PretrainedCard = JSON.parse(readFileSync(at('package', 'models', 'small', 'card.json'), 'utf8'));
    expect(card).toMatchObject({ name: 'small', scene: 'fluted', imageSize: 32, scores: { images: 30 } });
    expect(card.training).toMatchObject({ recipe: 'none', seed: 5, epoch: 1, epochs: 1, images: 32, command });
    expect(card.calibration?.images).toBe(200);
    expect(card.scores.cameraDegrees?.value).toBeGreaterThan(0);
    expect(card.halfPrecision.largestDifference).toBeGreaterThan(0);
    expect(JSON.stringify(card)).not.toContain(root);
    expect(readFileSync(at('package', 'models', 'small', 'config.json'), 'utf8')).not.toContain(root);
    expect(readFileSync(at('package', 'src', 'packed-models.ts'), 'utf8')).toContain("'../models/small/weights.bin'");
    expect(readFileSync(at('package', 'README.md'), 'utf8')).toContain('### small\n');
    // Once more, in its own place.
    expect(pack(at('run'), 'small', '--command', command).status).toBe(0);
  });

  it('counts what a run began from, and gives the lines of both', () => {
    cpSync(at('run'), at('more'), { recursive: true });
    const config = JSON.parse(readFileSync(at('more', 'config.json'), 'utf8'));
    const init = { name: config.name, taken: 32, fresh: [], unused: [] };
    const recipe = {
      optimizer: { learningRate: 0.01, weightDecay: 0.01 },
      schedule: 'one-cycle',
      batchSize: 32,
      workers: 2,
    };
    const experiment = { ...config.experiment, ...recipe };
    writeFileSync(at('more', 'config.json'), JSON.stringify({ ...config, experiment, init }));
    const training = { images: 1000, hours: 1, command: 'npx kanrecon train --stream fluted --out runs/first' };
    writeFileSync(at('first.json'), JSON.stringify({ training }));
    const { status, errors } = pack(at('more'), 'more', '--begun-from', at('first.json'));
    expect({ status, errors }).toEqual({ status: 0, errors: [] });
    const card: PretrainedCard = JSON.parse(readFileSync(at('package', 'models', 'more', 'card.json'), 'utf8'));
    expect(card.training.images).toBe(1032);
    expect(card.training.hours).toBeGreaterThanOrEqual(1);
    expect(card.training.command.split('\n')).toEqual([
      training.command,
      'npx kanrecon train --init-from runs/first --recipe small --learning-rate 0.01 --stream fluted --epoch-images 32 --val-images 40 --epochs 1 --workers 2 --seed 5 --out runs/first-more',
    ]);
    rmSync(at('package', 'models', 'more'), { recursive: true });
  });

  it('refuses in one sentence what it cannot pack', () => {
    cpSync(at('run'), at('half-done'), { recursive: true });
    const metrics = JSON.parse(readFileSync(at('half-done', 'metrics.json'), 'utf8'));
    writeFileSync(at('half-done', 'metrics.json'), JSON.stringify({ ...metrics, finished: false }));
    cpSync(at('run'), at('begun'), { recursive: true });
    const config = JSON.parse(readFileSync(at('begun', 'config.json'), 'utf8'));
    const init = { name: 'another', taken: 32, fresh: [], unused: [] };
    writeFileSync(at('begun', 'config.json'), JSON.stringify({ ...config, init }));
    const cases: [args: string[], message: RegExp][] = [
      [[], /expected a run and a name; usage: node /],
      [[at('run'), 'Two Words'], /expected lower-case letters and digits, got Two Words/],
      [[at('nowhere'), 'some'], /there is no run folder .*nowhere; give one of "kanrecon train --out <folder>"/],
      [[at('half-done'), 'some'], /the training in .*half-done is not finished; let /],
      [[at('run'), 'some', '--begun-from', 'card.json'], /run began from no other network; leave --begun-from out/],
      [[at('begun'), 'some'], /begun began from another network; give the card of that: --begun-from <card.json>/],
      [[at('run'), 'some'], /its settings are of no recipe on streamed images; give the command that trains it again/],
    ];
    for (const [args, message] of cases) {
      const { status, errors } = pack(...args);
      expect(status).toBe(2);
      expect(errors).toHaveLength(1);
      expect(errors[0]).toMatch(message);
    }
    expect(readdirSync(at('package', 'models'))).toEqual(['small']);
  });
});
