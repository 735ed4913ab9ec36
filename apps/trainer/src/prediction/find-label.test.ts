import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatLabel } from '@kanrecon/dataset';
import { OutputFiles } from '@kanrecon/files/node';
import { drawShape, sceneByName } from '@kanrecon/scene';
import { afterAll, expect, it } from 'vitest';
import { findLabel } from './find-label.js';
import { madeHere } from './made-here.js';

const folder = mkdtempSync(join(tmpdir(), 'kanrecon-label-'));
afterAll(() => rmSync(folder, { recursive: true }));
const study = sceneByName('study');
const { parameters } = drawShape(study, 1, 0);
const text = formatLabel({ parameters, cameraAngles: { x: 1, y: 2, z: 3 }, imageFile: 'a.png' });

it("looks beside the image and in the study's layout, and passes over what is no label", async () => {
  for (const name of ['images', 'labels']) mkdirSync(join(folder, name));
  const image = join(folder, 'images', 'a.png');
  const notes: string[] = [];
  const find = async (path = image) =>
    (await findLabel(path, study.surface, madeHere(), (line) => notes.push(line)))?.path;
  expect(await find()).toBeUndefined();
  const label = join(folder, 'labels', 'param_a.json');
  writeFileSync(label, text);
  expect(await find()).toBe(label);
  expect(await find(join(folder, 'labels', 'a.jpg'))).toBe(label);
  const beside = join(folder, 'images', 'a.json');
  writeFileSync(beside, '{"shapes": []}');
  expect([await find(), notes]).toEqual([
    label,
    [`${beside} is not used as the image's label: the label's "radius" is missing.`],
  ]);
  rmSync(beside);
  // The program's own result is worth no note.
  await new OutputFiles().write({ path: beside }, '{"parameters": {}}');
  expect([await find(), notes.length]).toEqual([label, 1]);
  writeFileSync(beside, text);
  expect(await find()).toBe(beside);
  mkdirSync(join(folder, 'images', 'param_a.json'));
  expect([await find(), notes.length]).toEqual([beside, 2]);
});

it('passes over a label in a folder whose record of made files cannot be read', async () => {
  const place = join(folder, 'elsewhere');
  mkdirSync(join(place, '.kanrecon-made.jsonl'), { recursive: true });
  writeFileSync(join(place, 'a.json'), text);
  const notes: string[] = [];
  const found = await findLabel(join(place, 'a.png'), study.surface, madeHere(), (line) => notes.push(line));
  expect([found, notes]).toEqual([undefined, [expect.stringContaining('a.json is not used as the image')]]);
});
