import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { images, size, useFolder } from '../../test/saved-models.js';
import { spiralTargets } from '../../test/spiral-targets.js';
import { createReconstructor } from '../network/create-reconstructor.js';
import { AdamW } from '../optimization/adamw.js';
import { loadReconstructor } from './load-reconstructor.js';
import { saveReconstructor } from './save-reconstructor.js';

const at = useFolder();

describe('loadReconstructor', () => {
  it('reads what version 1 wrote', async () => {
    const directory = at('first');
    const reconstructor = createReconstructor({ targets: spiralTargets, imageSize: size });
    await saveReconstructor(reconstructor, directory, { optimizer: new AdamW() });
    const path = join(directory, 'config.json');
    const {
      targets,
      config,
      files,
      card: _,
      checksum: __,
      optimizer,
      ...rest
    } = JSON.parse(await readFile(path, 'utf8'));
    const { fit: ___, ...network } = config;
    const first = {
      ...rest,
      version: 1,
      config: { surface: 'spiral-cylinder', ...network },
      surface: { name: 'spiral-cylinder', parameters: targets },
      preprocessing: { layout: '…', mean: 0.485, std: 0.229 },
      weights: await firstSummary(directory, 'weights.bin'),
      optimizer: { ...optimizer, data: await firstSummary(directory, 'optimizer.bin') },
    };
    expect(Object.keys(files)).toContain('model.json');
    await writeFile(path, JSON.stringify(first));
    const { reconstructor: loaded, optimizerState } = await loadReconstructor(directory);
    expect(loaded.targets).toEqual(spiralTargets);
    expect(loaded.config.fit).toEqual(reconstructor.config.fit);
    expect(optimizerState?.iterations).toBe(0);
    expect(await loaded.predictBatch(images)).toEqual(await reconstructor.predictBatch(images));
  });

  it('reads what version 2 wrote, with its checksums', async () => {
    const directory = at('second');
    const reconstructor = createReconstructor({ targets: spiralTargets, imageSize: size });
    await saveReconstructor(reconstructor, directory, { optimizer: new AdamW() });
    const path = join(directory, 'config.json');
    const { checksum: _, files, ...rest } = JSON.parse(await readFile(path, 'utf8'));
    const names = Object.keys(files);
    expect(names).toEqual(['model.json', 'weights.bin', 'optimizer.bin']);
    const sums = await Promise.all(names.map(async (name) => [name, await firstSummary(directory, name)] as const));
    const second = { ...rest, version: 2, files: Object.fromEntries(sums) };
    const checksum = hexadecimal(crc32(JSON.stringify(second)));
    await writeFile(path, JSON.stringify({ ...second, checksum }));
    const { reconstructor: loaded } = await loadReconstructor(directory);
    expect(await loaded.predictBatch(images)).toEqual(await reconstructor.predictBatch(images));
    await writeFile(path, JSON.stringify({ ...second, name: 'X', checksum }));
    await expect(loadReconstructor(directory)).rejects.toThrow('config.json is damaged or changed; expected CRC-32');
    await writeFile(path, JSON.stringify(second));
    await expect(loadReconstructor(directory)).rejects.toThrow('expected CRC-32 none');
  });

  async function firstSummary(directory: string, name: string) {
    const data = await readFile(join(directory, name));
    return { byteLength: data.length, crc32: hexadecimal(crc32(data)) };
  }

  function hexadecimal(sum: number): string {
    return sum.toString(16).padStart(8, '0');
  }
});
