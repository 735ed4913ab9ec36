import '@tensorflow/tfjs-backend-wasm';
import { type EdgeLayer, edgeFunction, prune } from '@kanrecon/kan-layers';
import { drawShape, drawView, renderView } from '@kanrecon/scene';
import { loadModel } from '@kanrecon/training/node';
import { setBackend, type Tensor2D } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { axeViolations } from './axe-violations.js';
import { drawnImage } from './drawn-image.js';
import { choose, pageFixture, settled } from './page-fixture.js';
import { serveRuns, trainRun } from './served-run.js';

const folder = temporaryFolder();
let run = '';
const fixture = pageFixture('The viewer: looking inside', async () => {
  run = await trainRun(folder, 'efficient');
  return serveRuns([run]);
});
/** The program does not have the browser keep the page. */
const keeper = /A bad HTTP response code \(404\) was received when fetching the script/;

describe.skipIf(fixture.missing)('the viewer, with a run of one’s own', () => {
  beforeAll(async () => {
    await setBackend('wasm');
  });

  it('has it among its models, and shows its head, edge by edge and pruned, with the numbers of Node', async () => {
    const { page, complaints } = await fixture.open();
    await settled(page);
    const { image, file } = drawnImage('study', 5003);
    await choose(page, file);
    await page.locator('.panel-note', { hasText: 'study.png' }).waitFor();
    await settled(page);
    expect(await page.locator('.field select option').allTextContents()).toContainEqual(
      expect.stringMatching(/^my-efficient/),
    );
    await page.getByLabel('Look inside', { exact: true }).check({ force: true });
    await page.getByText('The head of “study” is an MLP: weighted sums, with no functions on its edges').waitFor();
    await page.getByLabel('my-efficient', { exact: true }).check();
    await page.locator('.kan-picture svg').waitFor();
    await page.getByText(/^Features of the image below/).waitFor();

    const { reconstructor, scene } = await loadModel(run);
    const [first, last] = reconstructor.headLayers.filter(
      (layer) => layer.getClassName() !== 'Dropout',
    ) as unknown as EdgeLayer[];
    const features: Float32Array[] = [];
    const of = (bytes: Uint8Array) =>
      (reconstructor.backbone.predict(reconstructor.imagesToTensor(bytes)) as Tensor2D).data();
    for (let i = 0; i < 60; i++) {
      const drawn = renderView(scene, drawShape(scene, 2 ** 44 + 17, i), drawView(scene, 2 ** 44 + 17, i, 0), {
        size: 32,
      });
      features.push((await of(Uint8Array.from(drawn.image.data))) as Float32Array);
    }
    const count = features[0]!.length * 4 + 4 * last!.units;
    const pruning = page.locator('section', { hasText: 'What it says of' });
    expect(await pruning.textContent()).toContain(`All ${count} edges.`);
    const { parameters } = await reconstructor.predict({ ...image, data: Uint8Array.from(image.data) });
    const row = (name: string) => pruning.locator('tr', { hasText: name }).locator('td').allTextContents();
    expect(Number((await row('height'))[0])).toBeCloseTo(parameters['height']!, 2.7);

    // An edge of the last layer, by the keyboard: what is read off it is the function on the trained layer.
    const edge = page.locator('.edge').last();
    const [l, input, unit] = (await edge.getAttribute('data-edge'))!.split(' ').map(Number);
    await edge.focus();
    await page.keyboard.press('Enter');
    await page.locator('.function-plot').waitFor();
    expect(await edge.getAttribute('aria-pressed')).toBe('true');
    const label = (await page.locator('.function-plot').getAttribute('aria-label'))!;
    const [low, high] = /x from (\S+) to (\S+)$/.exec(label)!.slice(1).map(Number);
    const layer = [first, last][l!]!;
    const { evaluate } = edgeFunction(layer, input!, unit!);
    const [from, to, most, least] = await page.locator('.function-plot text').allTextContents();
    expect(from).toContain(String(low));
    expect(to).toContain(String(high));
    const ys = Array.from({ length: 201 }, (_, i) => evaluate(low! + ((high! - low!) * i) / 200));
    expect(Number(most)).toBeCloseTo(Math.max(...ys), 2.5);
    expect(Number(least)).toBeCloseTo(Math.min(...ys), 2.5);
    expect(await page.locator('#edge-title').locator('../..').textContent()).toMatch(/φ\(x\) ≈ .*x|No simple formula/);
    expect(await axeViolations(page)).toEqual([]);

    await page.getByLabel('Prune edges').fill('-2');
    await page.getByText('edges are left').waitFor();
    const head = sequential({ layers: [layers.inputLayer({ batchInputShape: [null, features[0]!.length] })] });
    for (const kept of [first!, last!]) {
      const Kind = kept.constructor as unknown as { fromConfig(kind: unknown, config: object): EdgeLayer };
      const copy = Kind.fromConfig(Kind, kept.getConfig());
      head.add(copy);
      copy.setWeights(kept.getWeights());
    }
    const { edges, error, model } = prune(head, features, { edgeThreshold: 0.01, nodeThreshold: 0.01 / 3 });
    expect(await pruning.textContent()).toContain(
      `${edges.after} of ${count} edges are left; over 60 images its outputs agree with the whole head’s by R² ${error.r2.toFixed(3)}.`,
    );
    const [answer] = (await (
      model.predict(
        reconstructor.backbone.predict(
          reconstructor.imagesToTensor(reconstructor.fit({ ...image, data: Uint8Array.from(image.data) })),
        ),
      ) as Tensor2D
    ).array()) as number[][];
    const height = reconstructor.targets.findIndex(({ name }) => name === 'height');
    const { min, max } = reconstructor.targets[height]!;
    expect(Number((await row('height'))[1])).toBeCloseTo(min + (max - min) * answer![height]!, 2.7);
    reconstructor.dispose();

    await page.getByLabel('Prune edges').fill('0');
    await page.getByText('No edge counts for 1 or more, so that nothing would be left; prune less.').waitFor();
    expect(complaints.filter((complaint) => !keeper.test(complaint))).toEqual([]);
    await page.context().close();
  });

  it('says which run cannot be loaded, and goes on with the others', async () => {
    const { page } = await fixture.open({}, '', (url) => /models\/my-efficient\/weights\.bin$/.test(url));
    await page.getByRole('alert').filter({ hasText: 'Your model “my-efficient” could not be loaded: ' }).waitFor();
    await settled(page);
    expect(await page.locator('.field select option').count()).toBe(4);
    await page.context().close();
  });
});
