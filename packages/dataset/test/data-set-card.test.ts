import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { spiralCylinder } from '@kanrecon/geometry';
import { type SceneJson, sceneByName, sceneFromJson, sceneNames } from '@kanrecon/scene';
import { expect, it } from 'vitest';
import { importStateName } from '../src/node/import-state.js';
import { scanDataset } from '../src/node/scan-dataset.js';
import { parseLabel } from '../src/parse-label.js';

// What the data set card says, against what the code does.
const folder = fileURLToPath(new URL('../../../dataset', import.meta.url));
const card = readFileSync(`${folder}/README.md`, 'utf8');
const examples = [...card.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) => json);

/** The cells of the table row that begins with this word. */
const row = (name: string) =>
  card
    .split('\n')
    .find((line) => new RegExp(`^\\| \`?${name}\`? +\\|`).test(line))
    ?.split('|')
    .map((cell) => cell.trim()) ?? [];

it("names the parameters' ranges", () => {
  for (const { name, min, max } of spiralCylinder.parameters) {
    expect(row(name).slice(2, 4).map(Number), name).toEqual([min, max]);
  }
});

it('names every scene, and where its camera stands', () => {
  for (const name of sceneNames) {
    const { placement } = sceneByName(name).camera;
    const said = row(name)[3];
    if (placement === 'fitted') expect(said).toBe('fitted to the object');
    else expect(Number(/always ([\d.]+) units/.exec(said)?.[1]), name).toBeCloseTo(placement.distance, 1);
  }
});

it('shows a real label and a real synthesis.json', () => {
  const [label, settings] = examples;
  const { imageFile } = parseLabel(label, 'README.md');
  const there = JSON.parse(
    readFileSync(`${folder}/sample/test/labels/param_${imageFile.replace('png', 'json')}`, 'utf8'),
  );
  expect(JSON.parse(label)).toMatchObject({ radius: there.radius, camera_angles: there.camera_angles });
  expect(sceneFromJson(JSON.parse(settings).scene as SceneJson).name).toBe('observable');
});

it('counts the sample', async () => {
  const { samples } = await scanDataset(`${folder}/sample`);
  for (const split of ['train', 'val', 'test']) {
    const said = Number.parseInt(row(`sample/${split}`)[2], 10);
    expect(said, split).toBe(samples.filter((sample) => sample.split === split).length);
  }
});

it("names the import's file", () => {
  expect(card).toContain(`\`${importStateName}\``);
});
