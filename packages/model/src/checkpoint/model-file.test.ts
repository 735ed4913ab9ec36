import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReconstructor } from '../network/create-reconstructor.js';
import { loadReconstructor } from '../node/load-reconstructor.js';
import { CheckpointError } from './checkpoint-error.js';
import { fromArtifacts } from './from-artifacts.js';
import { fromModelFile, toModelFile } from './model-file.js';
import { modelFilePaths } from './model-file-paths.js';
import type { ReconstructorArtifacts } from './reconstructor-artifacts.js';
import { toArtifacts } from './to-artifacts.js';

const folder = mkdtempSync(join(tmpdir(), 'kanrecon-model-file-'));
let artifacts: ReconstructorArtifacts;

beforeAll(async () => {
  await setBackend('cpu');
  const reconstructor = createReconstructor({
    backbone: 'smallCnn',
    imageSize: 32,
    head: { type: 'mlp', widths: [] },
    targets: [{ name: 'a', min: 0, max: 2 }],
    card: { told: 'yes' },
  });
  artifacts = await toArtifacts(reconstructor);
  reconstructor.dispose();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function files(): Record<string, Uint8Array> {
  const { manifest, model, weights } = artifacts;
  return {
    'config.json': strToU8(JSON.stringify(manifest)),
    'model.json': strToU8(JSON.stringify(model)),
    'weights.bin': weights,
  };
}

const below = (place: string) =>
  Object.fromEntries(Object.entries(files()).map(([name, bytes]) => [`${place}${name}`, bytes]));

describe('toModelFile and fromModelFile', () => {
  it('bring back what was put in, with the same bytes each time', async () => {
    const bytes = toModelFile(artifacts);
    // Comparing them as lists takes a minute.
    expect(Buffer.compare(toModelFile(artifacts), bytes)).toBe(0);
    const found = fromModelFile(bytes);
    expect(found.manifest).toEqual(artifacts.manifest);
    // A log beside the model is there for whoever looks for it.
    const logged = toModelFile(artifacts, { 'log.jsonl': strToU8('{}') });
    expect(strFromU8(unzipSync(logged)['log.jsonl']!)).toBe('{}');
    expect(fromModelFile(logged).manifest).toEqual(artifacts.manifest);
    expect(Buffer.compare(found.weights, artifacts.weights)).toBe(0);
    const { reconstructor } = await fromArtifacts(found);
    expect(reconstructor.card['told']).toBe('yes');
    reconstructor.dispose();
  });

  it('reads archives of other programs: in a folder, beside other files, and a run’s best', () => {
    const other = { __MACOSX: strToU8('x'), 'run/log.jsonl': strToU8(''), 'run/config.json': strToU8('{"format":1}') };
    expect(fromModelFile(zipSync({ ...other, ...below('run/last/'), ...below('run/best/') })).manifest).toEqual(
      artifacts.manifest,
    );
    expect(modelFilePaths(Object.keys({ ...below('run/last/'), ...below('run/best/') }))?.['model.json']).toBe(
      'run/best/model.json',
    );
    expect(modelFilePaths(['config.json', 'log.jsonl'])).toBeUndefined();
  });

  it('refuses a file that is there twice, and JSON that is too large', () => {
    const zipped = Buffer.from(zipSync({ ...files(), 'weightz.bin': new Uint8Array(4) }, { level: 0 }));
    for (let at = zipped.indexOf('weightz.bin'); at >= 0; at = zipped.indexOf('weightz.bin'))
      zipped.write('weights.bin', at);
    expect(() => fromModelFile(zipped)).toThrow('the archive holds weights.bin more than once');
    const large = zipSync({ ...files(), 'config.json': new Uint8Array(65 * 2 ** 20) });
    expect(() => fromModelFile(large)).toThrow(/config\.json is too large for a file of a network/);
  });

  it('lies on disk as any model’s folder does', async () => {
    const place = join(folder, 'model.zip');
    writeFileSync(place, toModelFile(artifacts));
    const { reconstructor } = await loadReconstructor(place);
    expect(reconstructor.targets[0]).toMatchObject({ name: 'a', min: 0, max: 2 });
    reconstructor.dispose();
  });

  it.each([
    ['no archive', () => strToU8('hello'), /no zip archive, or a damaged one/],
    ['nothing', () => new Uint8Array(), /no zip archive, or a damaged one/],
    ['an archive of something else', () => zipSync({ 'a.txt': strToU8('a') }), /no model in the archive/],
    ['no JSON', () => zipSync({ ...files(), 'model.json': strToU8('{') }), /model.json is damaged/],
    ['no object', () => zipSync({ ...files(), 'model.json': strToU8('3') }), /model.json is no file of a model/],
    ['half an archive', () => toModelFile(artifacts).subarray(0, 5000), /no zip archive, or a damaged one/],
  ])('refuse %s in a sentence, also from disk', async (name, bytes, message) => {
    expect(() => fromModelFile(bytes())).toThrow(CheckpointError);
    expect(() => fromModelFile(bytes())).toThrow(message);
    const place = join(folder, `${name}.zip`);
    writeFileSync(place, bytes());
    await expect(loadReconstructor(place)).rejects.toThrow(message);
    await expect(loadReconstructor(place)).rejects.toThrow(place);
  });

  it('notice bytes of weights that were changed', async () => {
    const bytes = toModelFile(artifacts);
    // The weights lie there as they are.
    const at = Buffer.from(bytes).indexOf(Buffer.from(artifacts.weights.subarray(0, 64)));
    bytes[at + 10]! ^= 1;
    const place = join(folder, 'changed.zip');
    writeFileSync(place, bytes);
    await expect(loadReconstructor(place)).rejects.toThrow(/weights.bin is damaged or changed/);
  });
});
