import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-wasm';
import { toArtifacts, toModelFile } from '@kanrecon/model';
import { reconstruct } from '@kanrecon/reconstruction';
import { sceneByName } from '@kanrecon/scene';
import { type ExperimentOptions, trainExperiment } from '@kanrecon/training';
import { loadModel, startRun } from '@kanrecon/training/node';
import { setBackend } from '@tensorflow/tfjs-core';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { axeViolations } from './axe-violations.js';
import { drawnImage } from './drawn-image.js';
import { choose, pageFixture, savedJson, settled } from './page-fixture.js';
import { chooseTiny, keepElsewhere, keptBy, showTraining, trainToEnd } from './train-steps.js';

const fixture = pageFixture('The viewer: models of one’s own');

const experiment = {
  model: { backbone: 'smallCnn', imageSize: 32, head: { type: 'fastKAN', widths: [] } },
  data: { kind: 'stream', epochImages: 32 },
  camera: true,
  optimizer: { learningRate: 1e-3 },
  budget: { epochs: 1 },
} satisfies ExperimentOptions;

/** The numbers that the page shows of an image with a model, and those of Node. */
async function compare(page: Page, name: string, place: string) {
  const { image, scene, file } = drawnImage('observable', 7002, 64);
  await page.getByLabel('Image to object').check({ force: true });
  await choose(page, file);
  await page.locator('.panel-note', { hasText: file.name }).waitFor();
  await settled(page);
  const shown = await numbersBy(page, name);
  const model = await loadModel(place);
  const { drawnParameters } = await reconstruct(image, model.reconstructor, { scene: model.scene });
  model.reconstructor.dispose();
  for (const { name: parameter, min, max } of scene.surface.parameters) {
    expect(Math.abs((shown[parameter] as number) - drawnParameters[parameter]!) / (max - min)).toBeLessThan(1e-3);
  }
}

/** The numbers that the page shows of the current image with a model. */
async function numbersBy(page: Page, name: string) {
  await page.locator('.field select').selectOption(name);
  await page.locator('.badge.waiting').waitFor({ state: 'detached' });
  const anyway = page.getByRole('button', { name: 'Show the nearest object all the same' });
  if (await anyway.count()) await anyway.click();
  return savedJson(page);
}

/** Shows the KAN head of a model, one layer between features and outputs. */
async function lookInto(page: Page, name: string, layer: string) {
  await page.getByLabel('Look inside', { exact: true }).check({ force: true });
  await page.getByLabel(name, { exact: true }).check();
  await page.locator('.kan-picture svg').waitFor();
  await page.locator('.inside-panel .panel-note', { hasText: layer }).waitFor();
  await page.getByText(/^Features of the image below/).waitFor();
  await page.locator('.edge').last().focus();
  await page.keyboard.press('Enter');
  await page.locator('.function-plot').waitFor();
}

describe.skipIf(fixture.missing)('the viewer, models of one’s own', () => {
  const run = join(temporaryFolder(), 'run');
  beforeAll(async () => {
    await setBackend('wasm');
    const scene = sceneByName('observable');
    await startRun(experiment, {
      out: run,
      backend: 'wasm',
      onInvalid: 'refuse',
      draw: { scene, validationImages: 8 },
    });
  });

  it('opens a run of Node’s, answers as Node does, keeps it, and deletes it', async () => {
    const { page, complaints } = await fixture.open();
    await showTraining(page);
    await page.getByLabel('A model’s folder').setInputFiles(run);
    await page.getByText('“run” is open and answers images from now on.').waitFor();
    await compare(page, 'run', run);
    // As those that come along it is compared, and its KAN head looked into.
    await page.getByLabel('Compare', { exact: true }).check({ force: true });
    await page.getByLabel('What B is').selectOption({ label: 'observable.png: network run' });
    await page.getByLabel('What A is').selectOption({ label: 'observable.png: network study' });
    await page.locator('.distances').first().waitFor();
    await lookInto(page, 'run', 'FastKAN');
    await page.reload();
    await showTraining(page);
    const models = page.getByRole('region', { name: 'Your models' });
    await models.getByText('From a file.').waitFor();
    await models.getByRole('button', { name: 'Delete run' }).click();
    await models.getByRole('button', { name: 'Really delete run' }).click();
    await models.getByText('From a file.').waitFor({ state: 'detached' });
    expect((await keptBy(page, 'run')).model).toBeUndefined();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('opens a model’s file, and says in a sentence what is wrong with others', async () => {
    const folder = temporaryFolder();
    const place = join(folder, 'mine.zip');
    const { reconstructor } = await trainExperiment(experiment, {
      scene: sceneByName('observable'),
      validationImages: 8,
    });
    writeFileSync(place, toModelFile(await toArtifacts(reconstructor)));
    reconstructor.dispose();
    const { page, complaints } = await fixture.open();
    await showTraining(page);
    const files = page.getByLabel('A model’s file', { exact: true });
    const zip = (buffer: Buffer) => ({ name: 'other.zip', mimeType: 'application/zip', buffer });
    await files.setInputFiles(zip(Buffer.from('hello')));
    await page.getByText('The file “other.zip” cannot be used: this is no zip archive, or a damaged one').waitFor();
    await files.setInputFiles(zip(Buffer.from([80, 75, 5, 6, ...new Array(18).fill(0)])));
    await page.getByText('The file “other.zip” cannot be used: there is no model in the archive').waitFor();
    await files.setInputFiles(place);
    await page.getByText('“mine” is open').waitFor();
    await compare(page, 'mine', place);
    // Another window has kept one meanwhile; two are opened at once; and a name that every object's prototype has.
    await keepElsewhere(page, 'mine', 'mine 2');
    await page.getByLabel('Train', { exact: true }).check({ force: true });
    await files.setInputFiles(place);
    await files.setInputFiles(place);
    for (const name of ['mine 3', 'mine 4']) await page.getByText(`“${name}” is open`).waitFor();
    expect((await keptBy(page, 'mine 2')).model).toMatchObject({ name: 'mine 2', bytes: 7 });
    await files.setInputFiles({ ...zip(readFileSync(place)), name: 'constructor.zip' });
    await page.getByText('“constructor” is open').waitFor();
    await compare(page, 'constructor', place);
    // Whether a model answers when an image is opened or later, it sees it in its own size.
    await choose(page, { ...drawnImage('observable', 7003, 700).file, name: 'large.png' });
    await page.locator('.panel-note', { hasText: 'large.png' }).waitFor();
    await settled(page);
    await page.getByLabel('Train', { exact: true }).check({ force: true });
    await files.setInputFiles(place);
    await page.getByText('“mine 5” is open').waitFor();
    await page.getByLabel('Image to object').check({ force: true });
    const [early, late] = [await numbersBy(page, 'mine 3'), await numbersBy(page, 'mine 5')];
    expect(late).toEqual(early);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('says so where the browser has no room, and has the model nevertheless', async () => {
    const { page } = await fixture.open();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 1000 });
    await showTraining(page);
    await chooseTiny(page);
    await page.locator('.train-form label.field', { hasText: /^Head/ }).locator('select').selectOption('efficientKAN');
    await trainToEnd(page, 'Train');
    await page.getByText('The browser has no room left to keep this model; delete others').waitFor();
    await page.getByText('Here until the page is closed.').waitFor();
    await page.getByRole('button', { name: 'Try my observable' }).click();
    await page.locator('.panel-note', { hasText: 'my observable' }).waitFor();
    await settled(page);
    await lookInto(page, 'my observable', 'EfficientKAN');
    await page.context().close();
  });

  it('is for everyone: axe-core finds nothing while it trains and afterwards, from 390 to 2560 pixels', async () => {
    const { page, complaints } = await fixture.open({
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
      reducedMotion: 'reduce',
    });
    await showTraining(page);
    await chooseTiny(page);
    await page.getByRole('button', { name: 'Train' }).click();
    await page.locator('.train-curves').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Delete my observable' }).waitFor();
    await page.emulateMedia({ colorScheme: 'light' });
    for (const width of [390, 1280, 2560]) {
      await page.setViewportSize({ width, height: 1100 });
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }
    // Every button is reached by the keyboard.
    const reached = new Set<string>();
    await page.getByLabel('What images show').focus();
    for (let i = 0; i < 24; i++) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate(() => document.activeElement?.textContent?.trim() ?? ''));
    }
    for (const name of ['Train', 'Try my observable', 'Delete my observable', 'Open a folder']) {
      expect([...reached]).toContain(name);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
