import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { programFixture } from './program-fixture.js';

// The built program: backbones that are frozen, or learn at a rate of their own.
const { run, at, bytes, json, expectMistake, synthesize } = programFixture('locked');
const common = 'train --dataset data --image-size 32 --epochs 2 --batch-size 4';
const locked = `${common} --model SMALLCNN_LOCK_DROP3_FOURIER_DROP_8 --workers 2`;
const rated = `${common} --backbone small --head mlp --dropout .3 --learning-rate .002 --backbone-rate .0002 --workers 2`;

beforeAll(synthesize);

describe('train with a frozen backbone', () => {
  it('computes features once, and again only what is not there; after Ctrl-C the same numbers', async () => {
    const whole = await run(`${locked} --out whole`);
    expect(whole.stdout + whole.stderr).toContain(
      'The backbone is frozen: features of 32 images computed once, the head is trained on them.',
    );
    expect(readdirSync(at('data', '.cache')).filter((name) => name.startsWith('features-'))).toHaveLength(1);
    expect((await run(`${locked} --out halves`, 'epoch 1/2')).code).toBe(130);
    const resumed = await run('train --out halves --resume');
    expect(resumed.stdout + resumed.stderr).toContain('features of 32 images found, the head is trained on them.');
    expect(bytes('halves', 'last', 'weights.bin').equals(bytes('whole', 'last', 'weights.bin'))).toBe(true);
  });

  it('says what would let it', async () => {
    const augmented = await run(`${locked} --augment color --out augmented`);
    expect(augmented.stdout + augmented.stderr).toContain('without --augment their features are computed once.');
  });
});

describe('train --backbone-rate', () => {
  it('is kept by a run, with the same bytes when it goes on in two workers', async () => {
    expect((await run(`${rated} --out rated`)).code).toBe(0);
    expect(json('rated', 'config.json').experiment.optimizer).toMatchObject({
      learningRate: 0.002,
      backboneRate: 2e-4,
    });
    expect((await run(`${rated} --out rated-halves`, 'epoch 1/2')).code).toBe(130);
    expect((await run('train --out rated-halves --resume')).code).toBe(0);
    for (const file of ['weights.bin', 'optimizer.bin']) {
      expect(bytes('rated-halves', 'last', file).equals(bytes('rated', 'last', file)), file).toBe(true);
    }
  });

  it('is refused where it says nothing, with what to use instead', async () => {
    await expectMistake(
      `${common} --backbone-rate 0 --out no`,
      /--backbone-rate takes a number above 0, but got "0"; a backbone that shall not change is that of a network with LOCK/,
    );
    await expectMistake(`${locked} --backbone-rate 1e-5 --out no`, /that of SMALLCNN_LOCK\S+ is frozen \(LOCK\)/);
  });
});
