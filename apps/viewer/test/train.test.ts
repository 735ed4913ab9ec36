import { join } from 'node:path';
import '@tensorflow/tfjs-backend-wasm';
import { reconstruct } from '@kanrecon/reconstruction';
import { sceneByName } from '@kanrecon/scene';
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { type EpochRecord, experimentByRecipe, trainExperiment } from '@kanrecon/training';
import { loadModel } from '@kanrecon/training/node';
import { setBackend } from '@tensorflow/tfjs-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { drawnImage } from './drawn-image.js';
import { choose, pageFixture, savedJson, settled } from './page-fixture.js';
import { chooseTiny, keptBy, showTraining, tiny, trainToEnd } from './train-steps.js';

const fixture = pageFixture('The viewer: training');

/** Relative difference of losses allowed: a browser's build of the backend adds in another order. */
const tolerance = 1e-3;

/** What does not hang on the clock. */
const numbers = (history: readonly EpochRecord[]) =>
  history.map(({ seconds: _, images_per_second: __, ...record }) => record);

/** The one run that there is, with its settings. */
async function expectRun(page: Page, worth: string): Promise<void> {
  await page.getByRole('radio', { name: 'Runs', exact: true }).check({ force: true });
  const rows = page.locator('.run-row');
  await rows.getByText(worth, { exact: true }).waitFor();
  expect(await rows.count()).toBe(1);
  expect(await rows.textContent()).toContain('3 epochs of 48 images, 8 a step; learning rate 0.0001, seed 1.');
}

describe.skipIf(fixture.missing)('the viewer, training', () => {
  it('stops, goes on after the page was closed with the same numbers, and has a model that Node reads', async () => {
    const { page, complaints } = await fixture.open();
    await showTraining(page);
    await chooseTiny(page);
    // A click from here might come when all is done.
    await page.evaluate(() => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector('.train-curves svg path')) return;
        observer.disconnect();
        document.querySelector<HTMLButtonElement>('.train-progress button')!.click();
      });
      observer.observe(document.body, { childList: true, subtree: true, attributes: true });
    });
    await trainToEnd(page, 'Train');
    await page.getByText(/Stopped in epoch \d of 3/).waitFor();
    const stopped = await keptBy(page, 'my observable');
    expect(stopped.model.training.epoch * 6 + stopped.model.training.step).toBeLessThan(18);
    await page.reload();
    await showTraining(page);
    // Its run is one, with its settings, before, while and after it goes on.
    const done = stopped.model.training.history.length;
    await expectRun(page, `Trained here${done > 0 ? `, ${done} of 3 epochs` : ''}, stopped.`);
    await page.getByLabel('Train', { exact: true }).check({ force: true });
    await page.getByRole('button', { name: 'Resume my observable' }).click();
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await page.getByRole('radio', { name: 'Runs', exact: true }).check({ force: true });
    expect(await page.locator('.run-row').count()).toBe(1);
    expect(await page.locator('.run-row input').isChecked()).toBe(true);
    await expectRun(page, 'Trained here, 3 epochs.');
    const loss = page.getByRole('slider', { name: 'Loss: epoch' });
    for (const [key, epoch] of [
      ['Home', 1],
      ['End', 3],
    ] as const) {
      await loss.focus();
      await page.keyboard.press(key);
      expect(await loss.getAttribute('aria-valuetext')).toMatch(new RegExp(`^epoch ${epoch}: `));
    }
    await page.getByLabel('Train', { exact: true }).check({ force: true });
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    await page.getByText('All 3 epochs done').waitFor();
    const resumed = await keptBy(page, 'my observable');
    await chooseTiny(page);
    await trainToEnd(page, 'Train');
    const whole = await keptBy(page, 'my observable 2');
    expect(numbers(resumed.model.training.history)).toEqual(numbers(whole.model.training.history));
    expect(whole.model.training.history).toHaveLength(3);
    expect(resumed.weights).toBe(whole.weights);

    // Node's numbers for the same experiment.
    await setBackend('wasm');
    await enableWasmTraining();
    const { epochs, epochImages, batchSize, imageSize, learningRate } = tiny;
    const experiment = experimentByRecipe('small', {
      data: { kind: 'stream', epochImages },
      model: { backbone: 'smallCnn', imageSize, head: { type: 'mlp' } },
      optimizer: { learningRate },
      budget: { epochs },
      ...{ batchSize, workers: 1 },
    });
    const { reconstructor, state } = await trainExperiment(experiment, { scene: sceneByName('observable') });
    reconstructor.dispose();
    for (const [i, { train_loss, val_loss }] of state.history.entries()) {
      const found = whole.model.training.history[i]!;
      expect(Math.abs(found.train_loss - train_loss) / train_loss).toBeLessThan(tolerance);
      expect(Math.abs(found.val_loss - val_loss) / val_loss).toBeLessThan(tolerance);
    }

    // The model answers at once, and as a file it says the same in Node.
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save my observable 2 as a file' }).click(),
    ]);
    const place = join(temporaryFolder(), download.suggestedFilename());
    await download.saveAs(place);
    expect(place).toMatch(/my-observable-2\.zip$/);
    const { image, scene, file } = drawnImage('observable', 7001, 64);
    await page.getByLabel('Image to object').check({ force: true });
    await choose(page, file);
    await page.locator('.panel-note', { hasText: file.name }).waitFor();
    await settled(page);
    await page.locator('.field select').selectOption('my observable 2');
    await page.locator('.badge.waiting').waitFor({ state: 'detached' });
    const anyway = page.getByRole('button', { name: 'Show the nearest object all the same' });
    if (await anyway.count()) await anyway.click();
    const shown = await savedJson(page);
    const model = await loadModel(place);
    const { drawnParameters } = await reconstruct(image, model.reconstructor, { scene: model.scene });
    for (const { name, min, max } of scene.surface.parameters) {
      expect(Math.abs((shown[name] as number) - drawnParameters[name]!) / (max - min)).toBeLessThan(1e-3);
    }
    model.reconstructor.dispose();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
