import { describe, expect, it } from 'vitest';
import { images, size, useFolder } from '../../test/saved-models.js';
import { spiralTargets } from '../../test/spiral-targets.js';
import { createReconstructor } from '../network/create-reconstructor.js';
import { AdamW } from '../optimization/adamw.js';
import { fetchReconstructor } from './fetch-reconstructor.js';
import { toArtifacts } from './to-artifacts.js';

useFolder();

describe('fetchReconstructor', () => {
  it('is loaded over http, with a sentence for what goes wrong', async () => {
    const reconstructor = createReconstructor({ targets: spiralTargets, imageSize: size, card: { scene: 'study' } });
    const { manifest, model, weights } = await toArtifacts(reconstructor, { optimizer: new AdamW() });
    const files: Record<string, BodyInit> = {
      'config.json': JSON.stringify(manifest),
      'model.json': JSON.stringify(model),
      'weights.bin': weights as Uint8Array<ArrayBuffer>,
    };
    const serve = (changed: Record<string, BodyInit | undefined> = {}) => ({
      fetch: async (url: string) => {
        const name = url.replace('https://models.example/mine/', '');
        const body = { ...files, ...changed }[name];
        return body === undefined ? new Response('', { status: 404 }) : new Response(body);
      },
    });
    for (const url of ['https://models.example/mine', 'https://models.example/mine/']) {
      const { reconstructor: loaded, optimizerState } = await fetchReconstructor(url, serve());
      expect(await loaded.predictBatch(images)).toEqual(await reconstructor.predictBatch(images));
      expect([loaded.card, optimizerState]).toEqual([{ scene: 'study' }, undefined]);
    }
    const failure = (changed: Record<string, BodyInit | undefined>) =>
      fetchReconstructor('https://models.example/mine', serve(changed)).then(String, String);
    expect(await failure({ 'model.json': undefined })).toContain('mine/model.json is answered with status 404');
    expect(await failure({ 'config.json': '{' })).toContain('mine/config.json is damaged or truncated');
    expect(await failure({ 'weights.bin': weights.slice(4) as Uint8Array<ArrayBuffer> })).toMatch(
      /mine cannot be used: .*weights\.bin is truncated/,
    );
    expect(await failure({ 'config.json': undefined })).toMatch(
      /mine\/config\.json is answered with status 404; expected the address of a model's folder, which has config\.json, /,
    );
    expect(await failure({ 'config.json': 'null' })).toContain(
      'expected the format "kanrecon-reconstructor", got nothing',
    );
    expect(await failure({ 'model.json': 'null' })).toContain('model.json is no network of TensorFlow.js;');
    // A training's folder has a config.json, too, and its models one floor below.
    const run = { 'config.json': '{"format":2,"experiment":{}}', 'model.json': undefined, 'weights.bin': undefined };
    expect(await failure(run)).toBe(
      "CheckpointError: fetchReconstructor: https://models.example/mine is a training's run, not a model; expected the address of one of its models, https://models.example/mine/best or https://models.example/mine/last",
    );
  });
});
