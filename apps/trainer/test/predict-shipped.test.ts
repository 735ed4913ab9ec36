import { writeFileSync } from 'node:fs';
import { pretrainedModels } from '@kanrecon/pretrained';
import { drawShape, drawView, renderView, sceneByName } from '@kanrecon/scene';
import { beforeAll, expect, it } from 'vitest';
import { encodePng } from '../src/prediction/encode-png.js';
import { programFixture } from './program-fixture.js';

// The networks that come with the program: nothing is trained here, nor fetched.
const { at, expectMistake, run } = programFixture('shipped');
const scene = sceneByName('observable');
const shape = drawShape(scene, 2 ** 43, 5);

beforeAll(async () => {
  const { image } = renderView(scene, shape, drawView(scene, 2 ** 43, 5, 0), { size: 64 });
  writeFileSync(at('photo.png'), await encodePng(image));
});

it('a shipped model finds an object, refined by rendering', async () => {
  const { code, stdout, stderr } = await run('predict photo.png --model observable --out found --no-mesh --json');
  expect(code).toBe(0);
  expect(stderr).toContain('The network is the shipped model observable.\n');
  const { network, reconstructions } = JSON.parse(stdout);
  expect(network).toBe('observable');
  const [{ refined }] = reconstructions;
  expect(refined.found).toBe(true);
  for (const { name, min, max } of scene.surface.parameters) {
    const off = (refined.parameters[name] - shape.parameters[name]!) / (max - min);
    expect(Math.abs(off)).toBeLessThan(0.02);
  }
});

it('where none is named, one of them is chosen, and the choice told', async () => {
  const { code, stdout, stderr } = await run('predict photo.png --out chosen --no-refine --no-mesh --json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout).network).toBe('observable');
  const sentence =
    pretrainedModels.length === 1
      ? 'No --model is given: taken is observable, the only one shipped.'
      : 'No --model is given: of the shipped models observable fits photo.png best, ';
  expect(stderr).toContain(sentence);
});

it('what is no network is refused in a sentence', async () => {
  await expectMistake(
    'predict photo.png --model observabel --out no',
    /\[error\] observabel is neither a folder here nor a shipped model \(.*\); did you mean observable\?\n$/,
  );
  await expectMistake(
    'predict photo.png --checkpoint last --out no',
    /--checkpoint chooses between the two of a run, and/,
  );
  await expectMistake('predict observable --out no', /observable is a network, and no image is given; write/);
});
