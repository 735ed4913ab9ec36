import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as blender from '@kanrecon/blender/node';
import * as dataset from '@kanrecon/dataset';
import * as datasetNode from '@kanrecon/dataset/node';
import * as imports from '@kanrecon/dataset-import/node';
import * as files from '@kanrecon/files/node';
import * as geometry from '@kanrecon/geometry';
import * as formulas from '@kanrecon/geometry/formulas';
import * as identifiability from '@kanrecon/identifiability';
import * as image from '@kanrecon/image';
import * as model from '@kanrecon/model';
import * as modelNode from '@kanrecon/model/node';
import * as pretrained from '@kanrecon/pretrained/node';
import * as reconstruction from '@kanrecon/reconstruction';
import * as render from '@kanrecon/render';
import * as scene from '@kanrecon/scene';
import * as training from '@kanrecon/training';
import * as trainingNode from '@kanrecon/training/node';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { commands } from '../cli.js';
import { runCli } from './run-cli.js';

const folder = mkdtempSync(join(tmpdir(), 'kanrecon-messages-'));
const before = process.cwd();
const packages = [
  ...[blender, dataset, datasetNode, imports, files, geometry, formulas, identifiability, image, model, modelNode],
  ...[pretrained, reconstruction, render, scene, training, trainingNode],
];
/** Functions of ours whose names are no words of English. */
const functions = packages
  .flatMap((each) => Object.entries(each))
  .filter(([name, value]) => typeof value === 'function' && /^[a-z]+[A-Z]/.test(name))
  .map(([name]) => name);
const ours = new RegExp(`\\b(?:${functions.join('|')})\\b`);
/** How valibot, V8 and Node word things. */
const libraries =
  /Invalid (?:type|key|length|value|format)|but received|Expected \w+ but|Cannot read prop|is not a function|\bE[A-Z]{5,}:|node:/;

const json = (content: unknown) => (typeof content === 'string' ? content : JSON.stringify(content));

function write(path: string, content: unknown) {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), json(content));
}

const surface = (change: object) => ({
  name: 'cone',
  parameters: [{ name: 'a', min: 0, max: 1 }],
  domain: { u: [0, '2*pi'], v: [0, 1] },
  ...{ x: 'v*cos(u)', y: 'v*sin(u)', z: 'v' },
  ...change,
});
const synthesis = { format: 3, scene: { name: 'study' }, seed: 1, shapes: 10, viewsPerShape: 1, imageSize: 32 };

beforeAll(() => {
  process.chdir(folder);
  write('words.txt', 'words');
  write('number.json', 3);
  write('torn.json', '{');
  write('label.json', { radius: 1, camera_angles: { x_angle: 'up' } });
  for (const [name, change] of Object.entries({
    range: { parameters: [{ name: 'a', min: 1, max: 0 }] },
    parameters: { parameters: 3 },
    nameless: { parameters: [{ min: 0, max: 1 }] },
    parenthesis: { x: 'v*cos(u' },
    unknown: { x: 'v*foo(u)' },
    division: { x: '1/0' },
    field: { colour: 3 },
    domain: { domain: { u: [0] } },
  })) {
    write(`surfaces/${name}.json`, surface(change));
  }
  for (const [name, options] of Object.entries({
    wide: { camera: { x: 'wide' } },
    order: { effects: { noise: [5, 1] } },
    field: { light: { warmth: [0, 1] } },
    pattern: { pattern: 'dots' },
    list: [1],
  })) {
    write(`options/${name}.json`, options);
  }
  for (const [name, config] of Object.entries({
    torn: '{',
    list: [],
    empty: {},
    number: 3,
    format: { format: 99 },
    experiment: { format: 2, name: 'x', experiment: { model: { backbone: 'resnet' }, batchSize: 'many' } },
    backend: { format: 2, name: 'x', experiment: {}, scene: { name: 'mars' }, backend: 'abacus', versions: {} },
  })) {
    write(`runs/${name}/config.json`, config);
    write(`runs/${name}/best/config.json`, {
      format: 'kanrecon-reconstructor',
      version: 1,
      targets: [{ name: 'a', min: 0 }],
    });
    write(`runs/${name}/best/model.json`, '{}');
  }
  for (const [name, config] of Object.entries({
    torn: '{',
    targets: { version: 1, config: {}, targets: [{ name: 'a', min: 0 }] },
    none: { version: 1, config: {} },
    backbone: {
      version: 1,
      config: { backbone: 'resnet', head: { widths: 'wide' } },
      targets: [{ name: 'a', min: 0, max: 1 }],
    },
    newer: { version: 99 },
  })) {
    write(
      `models/${name}/config.json`,
      typeof config === 'string' ? config : { format: 'kanrecon-reconstructor', ...config },
    );
    write(`models/${name}/model.json`, '{}');
  }
  for (const [name, settings] of Object.entries({
    torn: '{',
    format: { ...synthesis, format: 99 },
    shapes: { ...synthesis, shapes: 'many' },
    scene: { ...synthesis, scene: 3 },
    changes: { ...synthesis, scene: { name: 'study', changes: { camera: { x: 'a' } } } },
    mars: { ...synthesis, scene: { name: 'mars' } },
  })) {
    write(`data/${name}/synthesis.json`, settings);
    write(`data/${name}/train/labels/param_3DfORMULA_0_vers0.json`, { radius: 'wide' });
    write(`data/${name}/train/images/3DfORMULA_0_vers0.png`, 'no image');
  }
  cpSync(join(folder, 'words.txt'), join(folder, 'words.zip'));
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

const surfaces = ['range', 'parameters', 'nameless', 'parenthesis', 'unknown', 'division', 'field', 'domain'];
const options = ['wide', 'order', 'field', 'pattern', 'list'];
const runs = ['torn', 'list', 'empty', 'number', 'format', 'experiment', 'backend', 'nowhere'];
const models = ['torn', 'targets', 'none', 'backbone', 'newer'];
const data = ['torn', 'format', 'shapes', 'scene', 'changes', 'mars', 'nowhere'];

it.each([
  ...surfaces.map((name) => `synth --out s --surface surfaces/${name}.json --shapes 10 --workers 1 --size 16`),
  ...surfaces.map((name) => `identify --draws 2 --size 16 --samples 1 --surface surfaces/${name}.json`),
  ...options.map((name) => `synth --out s --options options/${name}.json`),
  ...runs.map((name) => `evaluate runs/${name} --dataset data/torn --backend wasm`),
  ...runs.map((name) => `train --out runs/${name} --resume`),
  ...models.map((name) => `predict models/${name} words.txt --out o --backend wasm`),
  ...data.map((name) => `train --out new --dataset data/${name} --backend wasm --image-size 32 --backbone small`),
  ...data.filter((name) => name !== 'nowhere').map((name) => `synth --out data/${name} --shapes 5`),
  'dataset check nowhere',
  'synth --out words.txt',
  'synth --out words.txt/below',
  'synth --out s --surface torn.json',
  'synth --out s --surface number.json',
  'synth --out s --options torn.json',
  'synth --out s --camera .1',
  'synth --out s --split 1,1,1',
  'synth --out s --blender-samples 3',
  'dataset import words.zip --out i',
  'dataset import nowhere.rar --out i',
  'dataset import options --out i',
  'dataset download --out d --url ftp://x',
  'predict runs/torn/best https://x.org/a.png --out o',
  'predict nowhere words.txt --out o',
  'predict words.txt --model observabel --out o',
  'predict observable --out o',
  'train --out new --dataset data/torn --augment mirror,none',
  'train --out new --stream observable --dataset data/torn',
  'train --out new --epochs 0',
  'evaluate runs/torn',
])('"%s": a mistake in words of ours, without names of functions', async (line) => {
  const said: string[] = [];
  for (const stream of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[stream], 'write').mockImplementation(((text: string, done?: unknown) => {
      said.push(String(text));
      if (typeof done === 'function') done();
      return true;
    }) as never);
  }
  const code = await runCli(line.split(' '), commands, '1').finally(() => vi.restoreAllMocks());
  const text = said.join('');
  expect(text).not.toMatch(ours);
  expect(text).not.toMatch(libraries);
  expect(text).toContain('[error] ');
  expect([line, code, text]).toEqual([line, 2, text]);
});

it('the names are really looked for', () => {
  expect(functions).toEqual(expect.arrayContaining(['synthesizeDataset', 'parseLabel', 'createReconstructor']));
  expect('make it with synthesizeDataset').toMatch(ours);
  expect(readFileSync(join(folder, 'words.txt'), 'utf8')).not.toMatch(ours);
});
