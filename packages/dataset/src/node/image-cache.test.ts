import { readdirSync, readFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { denormalizeParameters, spiralCylinder } from '@kanrecon/geometry';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pngBytes, writeSample, writeSmallDataset } from '../../../../tests/small-dataset.js';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import { DatasetError } from '../dataset-error.js';
import type { Sample } from '../sample.js';
import { type OpenImageCacheOptions, openImageCache } from './open-image-cache.js';
import { readImage } from './read-image.js';
import { scanDataset } from './scan-dataset.js';

const imageSize = 12;
const rowBytes = imageSize * imageSize * 3;
let dir: string;
let cacheDir: string;
let samples: readonly Sample[];
let decoded: number;

beforeEach(async () => {
  dir = temporaryFolder();
  cacheDir = join(dir, '.cache');
  samples = (await scanDataset(writeSmallDataset(dir))).samples;
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** Opens the cache; `decoded` tells whether it had to be built. */
function open(options: Partial<OpenImageCacheOptions> = {}) {
  decoded = 0;
  const onProgress = (done: number) => {
    decoded = done;
  };
  return openImageCache({ samples, imageSize, cacheDir, onProgress, ...options });
}

/** Every row equals the image decoded on its own. */
async function expectRight(cache: Awaited<ReturnType<typeof openImageCache>>) {
  for (let index = 0; index < cache.count; index++) {
    const { data } = await readImage(cache.samples[index].imagePath, { size: imageSize });
    expect(cache.readBatch([index])).toEqual(data);
  }
}

const dataFiles = () => readdirSync(cacheDir).filter((name) => name.endsWith('.bin'));

describe('openImageCache', () => {
  it('decodes once and reads batches in any order', async () => {
    const cache = await open();
    expect(decoded).toBe(8);
    expect([cache.count, cache.imageSize]).toEqual([8, imageSize]);
    await expectRight(cache);
    const batch = cache.readBatch([5, 0, 5]);
    expect(batch).toHaveLength(3 * rowBytes);
    expect(batch.subarray(0, rowBytes)).toEqual(cache.readBatch([5]));
    expect(batch.subarray(rowBytes, 2 * rowBytes)).toEqual(cache.readBatch(Uint32Array.of(0)));
    expect(batch.subarray(2 * rowBytes)).toEqual(batch.subarray(0, rowBytes));
    const out = new Uint8Array(2 * rowBytes + 5).fill(9);
    expect(cache.readBatch([1, 2], out)).toBe(out);
    expect(out.subarray(0, rowBytes)).toEqual(cache.readBatch([1]));
    expect(Array.from(out.subarray(2 * rowBytes))).toEqual([9, 9, 9, 9, 9]);
    cache.close();
    const again = await open();
    expect(decoded).toBe(0);
    await expectRight(again);
    again.close();
  });

  it('gives targets in [0, 1] in the order of the surface', async () => {
    const cache = await open();
    const targets = cache.targets([3, 7]);
    expect(targets).toHaveLength(12);
    spiralCylinder.parameters.forEach(({ name, min, max }, k) => {
      expect(targets[k]).toBeCloseTo((samples[3].parameters[name] - min) / (max - min), 6);
      expect(targets[6 + k]).toBeCloseTo((samples[7].parameters[name] - min) / (max - min), 6);
    });
    // And back, to float32 precision.
    for (const [name, value] of Object.entries(denormalizeParameters(spiralCylinder, targets.subarray(6)))) {
      expect(value).toBeCloseTo(samples[7].parameters[name], 5);
    }
    cache.close();
  });

  it('decodes a changed image again, and only that', async () => {
    (await open()).close();
    const [old] = dataFiles();
    const changed = samples[2].imagePath;
    writeFileSync(changed, pngBytes(16, 99));
    utimesSync(changed, new Date(), new Date(Date.now() + 5000));
    const cache = await open();
    expect(decoded).toBe(8);
    await expectRight(cache);
    expect(dataFiles()).toHaveLength(1);
    expect(dataFiles()[0]).not.toBe(old);
    cache.close();
  });

  it('copies the rows of unchanged images from the earlier build', async () => {
    (await open()).close();
    // Rows marked by hand show where they come from.
    const path = join(cacheDir, dataFiles()[0]);
    writeFileSync(path, new Uint8Array(8 * rowBytes).fill(77));
    utimesSync(samples[2].imagePath, new Date(), new Date(Date.now() + 5000));
    const cache = await open();
    expect(Array.from(cache.readBatch([1]).subarray(0, 3))).toEqual([77, 77, 77]);
    expect(cache.readBatch([2])).toEqual((await readImage(samples[2].imagePath, { size: imageSize })).data);
    cache.close();
  });

  it.each([
    ['is truncated in the middle of a row', (path: string) => truncateSync(path, 3 * rowBytes + 100)],
    ['is empty', (path: string) => truncateSync(path, 0)],
    ['is gone', (path: string) => rmSync(path)],
  ])('rebuilds what is lost when the data file %s', async (_, damage) => {
    (await open()).close();
    damage(join(cacheDir, dataFiles()[0]));
    const cache = await open();
    expect(decoded).toBe(8);
    await expectRight(cache);
    cache.close();
  });

  it.each(['', '{', '{"format": 2}', 'null', '[]', '{"format":1,"imageSize":12,"data":"../x.bin","entries":[]}'])(
    'rebuilds when the index is %j',
    async (text) => {
      (await open()).close();
      const index = readdirSync(cacheDir).find((name) => name.endsWith('.json'))!;
      writeFileSync(join(cacheDir, index), text);
      const cache = await open();
      expect(decoded).toBe(8);
      await expectRight(cache);
      cache.close();
    },
  );

  it('goes on after an abort from the chunks that were done', async () => {
    for (let shape = 10; shape < 80; shape++) writeSample(dir, 'train', shape);
    ({ samples } = await scanDataset(dir));
    const controller = new AbortController();
    const stop = open({ signal: controller.signal, onProgress: () => controller.abort() });
    await expect(stop).rejects.toThrow('aborted');
    const index = readdirSync(cacheDir).find((name) => name.endsWith('.json'))!;
    expect(JSON.parse(readFileSync(join(cacheDir, index), 'utf8')).rows).toBe(32);
    const cache = await open();
    expect(cache.count).toBe(78);
    await expectRight(cache);
    cache.close();
    expect(dataFiles()).toHaveLength(1);
  });

  it('refuses corrupt and missing images by name, or leaves them out', async () => {
    const [torn, text, gone] = [samples[1].imagePath, samples[4].imagePath, samples[6].imagePath];
    writeFileSync(torn, pngBytes(64, 1).subarray(0, 600));
    writeFileSync(text, 'no image');
    rmSync(gone);
    const error = await open().catch((reason) => reason);
    expect(error).toBeInstanceOf(DatasetError);
    expect(error.message).toContain('3 of 8 images cannot be used (1 missing-image, 2 corrupt-image)');
    expect(error.problems.map(({ path }: { path: string }) => path).sort()).toEqual([torn, text, gone].sort());
    await expect(open({ onInvalid: undefined })).rejects.toThrow('3 of 8 images cannot be used');
    await expect(open({ onInvalid: 'ignore' as 'skip' })).rejects.toThrow('openImageCache: onInvalid is wrong');
    const cache = await open({ onInvalid: 'skip' });
    expect(decoded).toBe(0);
    expect(cache.samples).toEqual(samples.filter((_, index) => ![1, 4, 6].includes(index)));
    expect(cache.problems).toEqual(error.problems);
    await expectRight(cache);
    cache.close();
    // Mended images are noticed.
    for (const path of [torn, text, gone]) writeFileSync(path, pngBytes(16, 5));
    const whole = await open();
    expect(whole.count).toBe(8);
    await expectRight(whole);
    whole.close();
  });

  it('removes what a killed build left, but nothing that may still be growing', async () => {
    (await open()).close();
    const [current] = dataFiles();
    const [abandoned, growing] = ['dead', 'live'].map((end) => current.replace(/[0-9a-f]{8}\.bin$/, `${end}.bin`));
    for (const name of [abandoned, growing]) writeFileSync(join(cacheDir, name), 'x');
    utimesSync(join(cacheDir, abandoned), 0, 0);
    utimesSync(samples[0].imagePath, new Date(), new Date(Date.now() + 5000));
    (await open()).close();
    expect(dataFiles()).toHaveLength(2);
    expect(dataFiles()).toContain(growing);
    expect(dataFiles()).not.toContain(current);
  });

  it('goes along when the data set is moved', async () => {
    (await open()).close();
    const moved = `${dir}-moved`;
    renameSync(dir, moved);
    dir = moved;
    cacheDir = join(dir, '.cache');
    samples = (await scanDataset(dir)).samples;
    const cache = await open();
    expect(decoded).toBe(0);
    await expectRight(cache);
    cache.close();
    const [index] = readdirSync(cacheDir).filter((name) => name.endsWith('.json'));
    expect(readFileSync(join(cacheDir, index), 'utf8')).not.toContain(tmpdir());
  });

  it('keeps caches of different sizes apart', async () => {
    const small = await open({ imageSize: 4 });
    const large = await open({ imageSize: 20 });
    expect(small.readBatch([0])).toHaveLength(48);
    expect(large.readBatch([0])).toHaveLength(1200);
    small.close();
    large.close();
  });

  it('keeps caches of different fits apart, whatever the order of its keys', async () => {
    const usual = await open();
    expect(usual.fit).toEqual({ filter: 'lanczos', padding: 'letterbox', background: [197, 197, 197] });
    const fit = { filter: 'box', background: [0, 0, 0] } as const;
    const boxed = await open({ fit });
    expect(decoded).toBe(8);
    expect(boxed.fit).toEqual({ ...fit, padding: 'letterbox' });
    for (const index of [0, 7]) {
      const { data } = await readImage(samples[index].imagePath, { size: imageSize, fit });
      expect(boxed.readBatch([index])).toEqual(data);
      expect(usual.readBatch([index])).not.toEqual(data);
    }
    await expectRight(usual);
    usual.close();
    boxed.close();
    for (const known of [{}, { fit: { background: [0, 0, 0], filter: 'box' } as const }]) {
      (await open(known)).close();
      expect(decoded).toBe(0);
    }
    expect(dataFiles()).toHaveLength(2);
    await expect(open({ fit: { filter: 'nearest' as 'box' } })).rejects.toThrow('unknown filter');
  });

  it.each([
    ['an earlier version made, whose images sharp resized', { format: 1, fit: undefined }],
    ['was made by another fit', { fit: { filter: 'box', padding: 'letterbox', background: [197, 197, 197] } }],
    ['says nothing of its fit', { fit: undefined }],
  ])('rebuilds all of a cache that %s', async (_, changes) => {
    (await open()).close();
    const name = readdirSync(cacheDir).find((each) => each.endsWith('.json'))!;
    const index = JSON.parse(readFileSync(join(cacheDir, name), 'utf8'));
    writeFileSync(join(cacheDir, index.data), new Uint8Array(8 * rowBytes).fill(77));
    writeFileSync(join(cacheDir, name), JSON.stringify({ ...index, ...changes }));
    utimesSync(join(cacheDir, index.data), 0, 0);
    const cache = await open();
    expect(decoded).toBe(8);
    await expectRight(cache);
    cache.close();
    // In the place of the old one, which is gone.
    expect(readdirSync(cacheDir)).toHaveLength(2);
    expect(readdirSync(cacheDir)).toContain(name);
    expect(dataFiles()).not.toContain(index.data);
  });

  it('says what is wrong with its use', async () => {
    const cache = await open();
    expect(() => cache.readBatch([8])).toThrow('index out of range; expected 0 to 7, got 8');
    expect(() => cache.targets([-1])).toThrow('index out of range');
    expect(() => cache.readBatch([0, 1], new Uint8Array(rowBytes))).toThrow(`expected ${2 * rowBytes} bytes`);
    truncateSync(join(cacheDir, dataFiles()[0]), rowBytes);
    expect(() => cache.readBatch([4])).toThrow('shorter than when it was opened');
    cache.close();
    cache.close();
    expect(() => cache.readBatch([0])).toThrow('the image cache is closed');
    await expect(open({ samples: [] })).rejects.toThrow('there are no samples');
    await expect(open({ imageSize: 0.5 })).rejects.toThrow('imageSize must be a positive whole number');
    await expect(open({ cacheDir: samples[0].labelPath })).rejects.toThrow('a file is in the way');
  });
});
