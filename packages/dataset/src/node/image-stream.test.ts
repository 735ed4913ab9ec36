import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  ImageStreamError,
  openImageCache,
  openImageStream,
  scanDataset,
  synthesizeDataset,
} from '@kanrecon/dataset/node';
import { defineSurface } from '@kanrecon/geometry';
// The built package, as its users have it: the worker is a file of its own there.
import { renderBatch, sceneByName, sceneWith } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import { ImageStream } from '../stream/image-stream.js';
import { nodeDrawingThread } from './node-drawing-thread.js';

const options = { scene: 'observable', seed: 7, imageSize: 24, batchSize: 3 } as const;

/** Copies of batches `from` to before `to`. */
async function batches(more: object, from: number, to: number) {
  const stream = openImageStream({ ...options, ...more, firstBatch: from });
  const found: { number: number; images: Uint8Array; targets: Float32Array }[] = [];
  for await (const { number, images, targets } of stream) {
    found.push({ number, images: images.slice(), targets: targets.slice() });
    if (number === to - 1) break;
  }
  return found;
}

describe('openImageStream', () => {
  it('gives the same batches whatever the threads and wherever it begins', async () => {
    const one = await batches({}, 0, 12);
    expect(one.map(({ number }) => number)).toEqual(Array.from({ length: 12 }, (_, k) => k));
    expect(await batches({ workers: 3 }, 0, 12)).toEqual(one);
    expect(await batches({ workers: 2, ahead: 1 }, 5, 12)).toEqual(one.slice(5));
    for (const batch of one) {
      const { scene, ...rest } = options;
      expect(renderBatch(sceneByName(scene), { ...rest, batch: batch.number })).toEqual(batch);
    }
  });

  it('never repeats itself, and other seeds give other images', async () => {
    const images = [...(await batches({}, 0, 20)), ...(await batches({ seed: 8 }, 0, 20))].flatMap((batch) =>
      [0, 1, 2].map((i) => Buffer.from(batch.images.subarray(i * 1728, (i + 1) * 1728)).toString('base64')),
    );
    expect(new Set(images).size).toBe(images.length);
  });

  it('gives the images and targets of a data set with that seed', async () => {
    const dir = temporaryFolder();
    try {
      await synthesizeDataset({
        dir,
        scene: 'fluted',
        shapes: 6,
        viewsPerShape: 1,
        imageSize: 24,
        seed: 7,
        workers: 1,
      });
      const scan = await scanDataset(dir);
      const cache = await openImageCache({ samples: scan.samples, imageSize: 24, cacheDir: join(dir, '.cache') });
      const [first, second] = await batches({ scene: 'fluted' }, 0, 2);
      cache.samples.forEach(({ shape }, index) => {
        const [batch, i] = shape < 3 ? [first, shape] : [second, shape - 3];
        expect(cache.readBatch([index])).toEqual(batch!.images.subarray(i * 1728, (i + 1) * 1728));
        // Labels are written with six decimals.
        for (const [k, value] of cache.targets([index]).entries()) {
          expect(batch!.targets[6 * i + k]).toBeCloseTo(value, 5);
        }
      });
      cache.close();
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it('uses the memory of batches again', async () => {
    const stream = openImageStream({ ...options, ahead: 2 });
    const first = await stream.next();
    await stream.next();
    // Handed over to a thread: nothing is left in it here.
    expect(first.images.length).toBe(0);
    await stream.close();
  });

  it('ends when it is aborted, also while somebody waits', async () => {
    const controller = new AbortController();
    const stream = openImageStream({ ...options, imageSize: 600, batchSize: 64, signal: controller.signal });
    const waiting = stream.next();
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(stream.next()).rejects.toThrow('enough');
    await stream.close();
    const late = openImageStream({ ...options, signal: AbortSignal.abort(new Error('before it began')) });
    await expect(late.next()).rejects.toThrow('before it began');
  });

  it('refuses to go on once it is closed, and two calls at once', async () => {
    const stream = openImageStream(options);
    const first = stream.next();
    await expect(stream.next()).rejects.toThrow('one at a time');
    await first;
    await stream.close();
    await stream.close();
    await expect(stream.next()).rejects.toThrow('ImageStream.next: the stream is closed');
  });

  it('hands on what goes wrong in a thread', async () => {
    // Broken behind the checks of sceneWith: the thread cannot make the scene again.
    const scene = { ...sceneByName('study'), background: [5, 'x'] as unknown as [number, number] };
    const stream = openImageStream({ ...options, scene, workers: 2 });
    const failure: unknown = await stream.next().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ImageStreamError);
    expect((failure as Error).message).toMatch(/openImageStream: batch \d failed: .*background/);
    expect((failure as ImageStreamError).reason).toMatch(/^batch \d failed: .*background/);
    await expect(stream.next()).rejects.toThrow(/background/);
  });

  it.each([
    ['process.exit(3)', /openImageStream: thread 1 of 1 ended with exit code 3/],
    ['throw new Error("out of memory")', /openImageStream: thread 1 of 1 failed: out of memory/],
  ])('hands on that a thread has died: %s', async (script, message) => {
    const { surface } = sceneByName('study');
    const workers = [nodeDrawingThread(new Worker(script, { eval: true }))];
    const stream = new ImageStream({
      surface,
      imageSize: 8,
      batchSize: 1,
      firstBatch: 0,
      workers,
      ahead: 1,
      signal: undefined,
    });
    await expect(stream.next()).rejects.toThrow(message);
  });

  it.each([
    [{ seed: 0.5 }, /seed must be an integer, got 0.5/],
    [{ imageSize: 0 }, /imageSize must be a whole number from 1 up, got 0/],
    [{ batchSize: 1.5 }, /batchSize/],
    [{ workers: 0 }, /workers/],
    [{ ahead: 0 }, /ahead/],
    [{ firstBatch: -1 }, /firstBatch must be a whole number from 0 up, got -1/],
    [{ scene: 'nope' as 'study' }, /nope/],
    [
      {
        scene: sceneWith(sceneByName('study'), {
          surface: defineSurface({
            name: 'mine',
            parameters: [{ name: 'a', min: 0, max: 1 }],
            domain: { uMin: 0, uMax: 1, vMin: 0, vMax: 1 },
            point: (u, v, { a }) => [u, v, a],
          }),
        }),
      },
      /cannot be written down/,
    ],
  ])('refuses %o', (more, message) => {
    expect(() => openImageStream({ ...options, ...more })).toThrow(message);
  });
});
