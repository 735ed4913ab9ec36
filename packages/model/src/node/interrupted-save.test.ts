import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { spiralTargets } from '../../test/spiral-targets.js';
import { useWasmTraining } from '../../test/use-wasm-training.js';
import { createReconstructor } from '../network/create-reconstructor.js';
import { loadReconstructor } from './load-reconstructor.js';
import { saveReconstructor } from './save-reconstructor.js';

/** How many file operations still succeed before the disk "is pulled out": from then on every one fails. */
const power = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY }));

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs/promises')>();
  const cut = <A extends unknown[], R>(operation: (...args: A) => R) => {
    return (...args: A): R => {
      if (power.left-- <= 0) throw new Error('power cut');
      return operation(...args);
    };
  };
  const open: typeof original.open = async (...args) => {
    const file = await cut(original.open)(...args);
    const write = file.writeFile.bind(file);
    // Half of the data reaches the disk when the power goes in the middle.
    file.writeFile = async (data) => {
      if (power.left-- > 0) return write(data);
      await write((data as Uint8Array).slice(0, (data as Uint8Array).length >> 1));
      throw new Error('power cut');
    };
    return file;
  };
  return { ...original, open, mkdir: cut(original.mkdir), rename: cut(original.rename), rm: cut(original.rm) };
});

const folder = await mkdtemp(join(tmpdir(), 'interrupted-'));
afterAll(() => rm(folder, { recursive: true }));

it('leaves the old or the new save whole, wherever it is cut off', async () => {
  await useWasmTraining();
  const directory = join(folder, 'model');
  const old = createReconstructor({ targets: spiralTargets, imageSize: 32, seed: 1 });
  const next = createReconstructor({ targets: spiralTargets, imageSize: 32, seed: 2 });
  const image = new Uint8Array(32 * 32 * 3).fill(90);
  const predictions = { old: await old.predictBatch(image), new: await next.predictBatch(image) };
  const seen: unknown[] = [];
  for (let operations = 0; ; operations++) {
    await saveReconstructor(old, directory, { extra: 'old' });
    power.left = operations;
    const cutOff = await saveReconstructor(next, directory, { extra: 'new' }).then(
      () => false,
      (error: Error) => error.message === 'power cut',
    );
    power.left = Number.POSITIVE_INFINITY;
    const { reconstructor, extra } = await loadReconstructor(directory);
    expect(await reconstructor.predictBatch(image)).toEqual(predictions[extra as 'old' | 'new']);
    reconstructor.dispose();
    seen.push(extra);
    if (!cutOff) break;
  }
  expect(seen.length).toBeGreaterThan(10);
  expect(seen[0]).toBe('old');
  expect(seen.at(-1)).toBe('new');
  expect(await readdir(folder)).toEqual(['model']);
});
