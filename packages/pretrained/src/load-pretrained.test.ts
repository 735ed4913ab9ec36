import { readFile } from 'node:fs/promises';
import '@tensorflow/tfjs-backend-wasm';
import { CheckpointError } from '@kanrecon/model';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { fetchFiles } from '../test/fetch-files.js';
import { loadPretrained } from './load-pretrained.js';
import { type PretrainedName, packedModels } from './packed-models.js';
import { pretrainedModels } from './pretrained-models.js';

beforeAll(() => setBackend('wasm'));

const [{ name }] = pretrainedModels as [(typeof pretrainedModels)[number]];
const files = packedModels[name].files();

const failure = (given: string, options?: Parameters<typeof loadPretrained>[1]) =>
  loadPretrained(given as PretrainedName, options).then(
    () => 'nothing went wrong',
    (error: Error) => `${error instanceof CheckpointError ? error.code : 'Error'}: ${error.message}`,
  );

describe('loadPretrained', () => {
  it.each(pretrainedModels)('loads $name from where its files lie', async ({ name: each, card }) => {
    const asked: string[] = [];
    const { fetch } = fetchFiles();
    const model = await loadPretrained(each, {
      fetch: (url) => {
        asked.push(url);
        return fetch(url);
      },
    });
    expect(asked.sort()).toEqual(Object.values(packedModels[each].files()).map(String).sort());
    expect(model.card).toBe(card);
    expect(model.scene.name).toBe(card.scene);
    expect([model.reconstructor.name, model.reconstructor.parameterCount.total]).toEqual([
      card.network,
      card.parameters,
    ]);
    model.reconstructor.dispose();
  });

  it.each(['https://cdn.example/models', 'https://cdn.example/models/', new URL('https://cdn.example/models')])(
    'loads from another place: %s',
    async (baseUrl) => {
      const asked: string[] = [];
      const { reconstructor } = await loadPretrained(name, {
        baseUrl,
        fetch: async (url) => {
          asked.push(url);
          return new Response(await readFile(files[url.split('/').at(-1) as keyof typeof files]));
        },
      });
      expect(asked).toContain(`https://cdn.example/models/${name}/weights.bin`);
      reconstructor.dispose();
    },
  );

  it('refuses a name that is none, with the nearest', async () => {
    const names = pretrainedModels.map((model) => model.name).join(', ');
    expect(await failure('Observabel')).toBe(
      `Error: loadPretrained: no model of that name; expected ${names}, got Observabel; did you mean observable?`,
    );
    expect(await failure('toString')).toBe(
      `Error: loadPretrained: no model of that name; expected ${names}, got toString`,
    );
  });

  it('says in a sentence what is wrong with files, and leaves nothing in memory', async () => {
    const tensors = memory().numTensors;
    const weights = new Uint8Array(await readFile(files['weights.bin']));
    expect(await failure(name, fetchFiles({ 'model.json': undefined }))).toBe(
      `missing: loadPretrained: ${files['model.json'].href} is answered with status 404; give baseUrl, the address that the folder models of @kanrecon/pretrained is served from`,
    );
    expect(await failure(name, fetchFiles({ 'weights.bin': weights.slice(1) }))).toMatch(
      `damaged: loadPretrained: the model ${name} cannot be used: weights.bin is truncated, changed or of another model; expected `,
    );
    weights[70]! ^= 1;
    expect(await failure(name, fetchFiles({ 'weights.bin': weights }))).toMatch(
      `damaged: loadPretrained: the model ${name} cannot be used: weights.bin is damaged or changed; expected SHA-256 `,
    );
    expect(memory().numTensors).toBe(tensors);
  });

  it('points to the entry that reads files, where they cannot be fetched', async () => {
    expect(await failure(name)).toMatch(
      /^missing: loadPretrained: file:.*json cannot be fetched here; in Node\.js import loadPretrained from @kanrecon\/pretrained\/node; /,
    );
  });
});
