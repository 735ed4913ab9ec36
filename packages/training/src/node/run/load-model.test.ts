import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { surfaceFromFormulas } from '@kanrecon/geometry/formulas';
import { imageLimits } from '@kanrecon/identifiability';
import { createReconstructor, type JsonValue, toSafetensors } from '@kanrecon/model';
import { saveReconstructor } from '@kanrecon/model/node';
import { sceneByName, sceneToJson, sceneWith } from '@kanrecon/scene';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { studyCheckpoint } from '../../../../../tests/study-checkpoint.js';
import { temporaryFolder } from '../../../../../tests/temporary-folder.js';
import { cardLimits } from '../../evaluation/card-limits.js';
import { modelCard } from '../../experiment/model-card.js';
import { parseExperiment } from '../../experiment/parse-experiment.js';
import { readCheckpointFile } from './checkpoint-file.js';
import { loadModel } from './load-model.js';

const root = temporaryFolder();
const scene = sceneWith(sceneByName('fluted'), { background: [90, 90] });
const experiment = parseExperiment({
  model: { backbone: 'smallCnn', imageSize: 32, head: { type: 'mlp' } },
  data: { kind: 'dataset', folder: '/somebody/elses/data' },
  optimizer: { learningRate: 1e-3 },
  budget: { epochs: 1 },
});

beforeAll(async () => {
  await tf.setBackend('cpu');
  const limits = await imageLimits(sceneByName('fluted'));
  const card = modelCard({ scene: sceneToJson(scene), limits, experiment });
  const targets = scene.surface.parameters.map((target, i) => (i === 0 ? { ...target, max: target.max + 1 } : target));
  const reconstructor = createReconstructor({ ...experiment.model, targets, card });
  await saveReconstructor(reconstructor, join(root, 'run', 'best'));
  reconstructor.dispose();
});
afterAll(() => rmSync(root, { recursive: true }));

it('loads a model that was copied away from its run: scene, ranges and limits are in it', async () => {
  const copy = join(root, 'elsewhere', 'mine');
  cpSync(join(root, 'run', 'best'), copy, { recursive: true });
  const { reconstructor, scene: loaded } = await loadModel(copy);
  expect(sceneToJson({ ...loaded, surface: scene.surface })).toEqual(sceneToJson(scene));
  expect(loaded.surface.parameters[0]!.max).toBe(scene.surface.parameters[0]!.max + 1);
  expect(await cardLimits(reconstructor.card, scene)).toEqual(await imageLimits(sceneByName('fluted')));
  expect(reconstructor.card.experiment).toMatchObject({ budget: { epochs: 1 }, data: { kind: 'dataset' } });
  expect(JSON.stringify(reconstructor.card)).not.toContain('somebody');
  reconstructor.dispose();
});

it('keeps a surface of formulas, and the ranges that were trained when its definition has others', async () => {
  const surface = surfaceFromFormulas({
    name: 'my-cone',
    parameters: [{ name: 'slope', min: 0.5, max: 2 }],
    domain: { u: [0, '2 * pi'], v: [0, 1] },
    x: 'v * cos(u)',
    y: 'v * sin(u)',
    z: '-slope * v',
    closedU: true,
    poleVMin: true,
  });
  const card = { scene: sceneToJson(sceneWith(scene, { surface })) as unknown as JsonValue };
  const folder = join(root, 'formulas');
  const trained = createReconstructor({ ...experiment.model, targets: [{ name: 'slope', min: 0.5, max: 3 }], card });
  await saveReconstructor(trained, folder);
  trained.dispose();
  const { reconstructor, scene: loaded } = await loadModel(folder);
  expect(loaded.surface.parameters[0]).toMatchObject({ name: 'slope', min: 0.5, max: 3 });
  const point = [0, 0, 0];
  loaded.surface.position(0, 1, [1.5], point);
  expect(point).toEqual([1, 0, -1.5]);
  reconstructor.dispose();
  const other = join(root, 'girth');
  const strange = createReconstructor({ ...experiment.model, targets: [{ name: 'girth', min: 0, max: 1 }], card });
  await saveReconstructor(strange, other);
  strange.dispose();
  await expect(loadModel(other)).rejects.toMatchObject({
    code: 'unusable-checkpoint',
    message: expect.stringMatching(/slope.*girth/),
  });
});

it('loads a model that is served over http, or the run around it', async () => {
  const asked: string[] = [];
  const server = createServer(async ({ url }, response) => {
    asked.push(url!);
    const bytes = await readFile(join(root, url!)).catch(() => undefined);
    response.writeHead(bytes ? 200 : 404).end(bytes);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const model = ['config.json', 'model.json', 'weights.bin'].map((name) => `/run/best/${name}`);
  const load = async (place: string, checkpoint?: 'best' | 'last') => {
    asked.length = 0;
    const { reconstructor, scene: loaded } = await loadModel(`${address}/${place}`, checkpoint);
    expect(loaded.background).toEqual([90, 90]);
    reconstructor.dispose();
    return [...asked];
  };
  expect((await load('run/best')).sort()).toEqual(model);
  writeFileSync(join(root, 'run', 'config.json'), JSON.stringify({ format: 2, scene: sceneToJson(scene) }));
  for (const place of ['run', 'run/']) expect((await load(place)).slice(-3).sort()).toEqual(model);
  await expect(load('run', 'last')).rejects.toMatchObject({
    code: 'unusable-checkpoint',
    message: expect.stringContaining(`${address}/run/last/config.json is answered with status 404; expected`),
  });
  await expect(load('elsewhere')).rejects.toThrow('/elsewhere/config.json is answered with status 404');
  rmSync(join(root, 'run', 'config.json'));
  server.close();
  server.closeAllConnections();
  await expect(loadModel(`${address}/mine`)).rejects.toMatchObject({
    code: 'unusable-checkpoint',
    message: expect.stringContaining('cannot be reached'),
  });
});

it('says what is missing', async () => {
  await expect(loadModel(join(root, 'nothing'))).rejects.toMatchObject({ code: 'no-run' });
  const bare = join(root, 'bare');
  const targets = [{ name: 'a', min: 0, max: 1 }];
  await saveReconstructor(createReconstructor({ ...experiment.model, targets }), bare);
  await expect(loadModel(bare)).rejects.toThrow('does not say what the images show');
  const damaged = join(root, 'damaged');
  mkdirSync(damaged);
  writeFileSync(join(damaged, 'model.json'), '{}');
  await expect(loadModel(damaged)).rejects.toMatchObject({ code: 'unusable-checkpoint' });
});

it("takes a checkpoint of the study's as it is, and says of what is none where it lies", async () => {
  const path = join(root, 'SQUEEZENET_DROP25_CLASSICA_6_best.pt');
  writeFileSync(path, studyCheckpoint());
  const { reconstructor, scene: study } = await loadModel(path);
  expect(study).toEqual(sceneByName('study'));
  expect(reconstructor.config).toMatchObject({ backbone: 'squeezeNet11', imageSize: 224, head: { dropout: 0.25 } });
  const whole = join(root, 'whole.safetensors');
  writeFileSync(whole, await toSafetensors(reconstructor));
  reconstructor.dispose();
  const again = await loadModel(whole);
  expect(again.reconstructor.name).toBe(reconstructor.name);
  again.reconstructor.dispose();
  await expect(readCheckpointFile(whole, { imageSize: 96 })).rejects.toThrow(
    `${whole}: it says itself what the option imageSize would say; leave that out`,
  );
  writeFileSync(path, 'no weights');
  await expect(loadModel(path)).rejects.toMatchObject({
    code: 'unusable-checkpoint',
    details: { reason: expect.stringMatching(/^\/.*\.pt: the file is of no known kind/) },
  });
  await expect(readCheckpointFile(root)).rejects.toThrow('this is a folder; expected a file of weights');
});
