import '@tensorflow/tfjs-backend-wasm';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { drawShape, drawView, renderView } from '@kanrecon/scene';
import { loadModel } from '@kanrecon/training/node';
import { setBackend } from '@tensorflow/tfjs-core';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { axeViolations } from './axe-violations.js';
import { pageFixture, settled } from './page-fixture.js';
import { evaluatedRuns, serveRuns } from './served-run.js';

const folder = temporaryFolder();
const heads = ['mlp', 'fourier'];
const fixture = pageFixture('The viewer: runs', async () => serveRuns(await evaluatedRuns(folder, heads)));
/** The program does not have the browser keep the page. */
const keeper = /A bad HTTP response code \(404\) was received when fetching the script/;

const at = (run: string, ...parts: string[]) => join(folder, run, ...parts);
const json = (...parts: [string, ...string[]]) => JSON.parse(readFileSync(at(...parts), 'utf8'));
const ofEvaluation = (run: string) => json(run, 'evaluation', 'data-test', 'evaluation.json');
const epochsOf = (run: string) =>
  readFileSync(at(run, 'log.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
/** The rows of a run's predictions.csv, by column. */
function predictionsOf(run: string): Record<string, string>[] {
  const [header, ...rows] = readFileSync(at(run, 'evaluation', 'data-test', 'predictions.csv'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((row) => row.split(','));
  return rows.map((row) => Object.fromEntries(row.map((cell, i) => [header![i]!, cell])));
}

async function openRunsMode(page: Page): Promise<void> {
  await settled(page);
  await page.getByLabel('Runs', { exact: true }).check({ force: true });
  await page.locator('.run-row').nth(1).waitFor();
}

const number = (text: string | null) => Number(text!.replace('−', '-'));
const shortly = (value: number) => Number(value.toPrecision(4));

describe.skipIf(fixture.missing)('the viewer, with runs', () => {
  beforeAll(async () => {
    await setBackend('wasm');
  });

  it('shows curves, scores and cases of two runs with the numbers of their files, by keys too, and saves them', async () => {
    const { page, complaints } = await fixture.open();
    await openRunsMode(page);
    await page.getByLabel('fourier', { exact: true }).check();
    // Curves: an epoch is chosen by keys and read out.
    const loss = page.getByRole('slider', { name: 'Loss: epoch' });
    await loss.focus();
    await page.keyboard.press('Home');
    const told = (await loss.getAttribute('aria-valuetext'))!;
    const [mlp, fourier] = heads.map((run) => epochsOf(run));
    expect(told).toContain(`epoch 1: mlp, validation ${shortly(mlp![0].val_loss)}`);
    expect(told).toContain(`fourier, training ${shortly(fourier![0].train_loss)}`);
    const r2 = page.getByRole('slider', { name: 'R² on validation images: epoch' });
    await r2.focus();
    await page.keyboard.press('ArrowLeft');
    expect((await r2.getAttribute('aria-valuetext'))!.replaceAll('−', '-')).toContain(
      `epoch 2: mlp ${shortly(mlp![1].val_r2_visible)}, fourier ${shortly(fourier![1].val_r2_visible)}`,
    );
    // Scores, beside the best possible.
    for (const [i, run] of heads.entries()) {
      const { scores, bestPossible, intervals } = ofEvaluation(run);
      const row = page.locator('.scores-table tbody tr', { hasText: 'height' }).nth(i);
      const height = scores.perParameter.findIndex(({ name }: { name: string }) => name === 'height');
      const cells = row.locator('td');
      for (const [column, measure] of ['mae', 'rmse', 'r2'].entries()) {
        const cell = cells.nth(column + 1);
        expect(await cell.locator('.score').textContent()).toBe(scores.perParameter[height][measure].toFixed(3));
        expect(await cell.locator('.best').textContent()).toContain(
          bestPossible.perParameter[height][measure].toFixed(3),
        );
        const [low, high] = intervals.perParameter[height][measure];
        expect(await cell.locator('.between').textContent()).toBe(`${low.toFixed(2)} to ${high.toFixed(2)}`);
      }
    }
    // The case with the largest error of both comes first; its image is there.
    const rows = heads.map((run) => predictionsOf(run));
    const errors = rows[0]!.map(({ image_file: image, rmse }) => {
      const other = rows[1]!.find((row) => row['image_file'] === image)!;
      return { image: image!, error: (Number(rmse) + Number(other['rmse'])) / 2 };
    });
    errors.sort((a, b) => b.error - a.error);
    const name = page.locator('.case-name');
    expect(await name.textContent()).toBe(errors[0]!.image);
    await page.waitForFunction(
      () => (document.querySelector('.case-square img') as HTMLImageElement)?.naturalWidth === 32,
    );
    await page.getByRole('button', { name: 'Next case' }).click();
    expect(await name.textContent()).toBe(errors[1]!.image);
    // A point that is chosen by keys is chosen in all plots, of both runs.
    const plot = page.getByRole('slider', { name: 'Predicted against real height: image' });
    await plot.focus();
    await page.keyboard.press('Home');
    const least = [...rows[0]!].sort((a, b) => Number(a['height_real']) - Number(b['height_real']))[0]!;
    await expect.poll(() => name.textContent()).toBe(least['image_file']);
    expect(await page.locator('.scatter-plot .ring').count()).toBe(2 * 6);
    await expectCase(
      page,
      rows.map((of) => of.find((row) => row['image_file'] === least['image_file'])!),
    );
    // And by the mouse: the same point of the other run is at the same real value.
    const ring = page.locator('.scatter-view', { hasText: 'radius' }).locator('.ring').nth(1);
    const box = (await ring.boundingBox())!;
    await page.keyboard.press('End');
    await expect.poll(() => name.textContent()).not.toBe(least['image_file']);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await expect.poll(() => name.textContent()).toBe(least['image_file']);
    expect(await axeViolations(page)).toEqual([]);
    await expectSaved(page);
    // The image itself, with the answer of the run's own network.
    await page.getByRole('button', { name: /^Open in/ }).click();
    await page.locator('.panel-note', { hasText: least['image_file']! }).waitFor();
    await settled(page);
    await expect.poll(() => page.locator('.verdict-panel select').inputValue()).toBe('mlp');
    expect(complaints.filter((text) => !keeper.test(text))).toEqual([]);
    await page.context().close();
  });

  it('opens runs from files, and says of broken ones what is wrong', async () => {
    const { page, complaints } = await fixture.open({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    await openRunsMode(page);
    const files = page.locator('input[aria-label="A run’s files"]');
    const log = readFileSync(at('mlp', 'log.jsonl'), 'utf8').split('\n');
    const text = (name: string, content: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });
    await files.setInputFiles([
      text('log.jsonl', [log[0], log[1]!.replace(/"val_loss":[^,]+/, '"val_loss":NaN')].join('\n')),
    ]);
    await page
      .getByText('In log.jsonl, line 2 is damaged: it cannot be read as JSON; the curves end before it.')
      .waitFor();
    await files.setInputFiles([text('log.jsonl', '')]);
    await page.getByText('There are no curves yet: log.jsonl is empty').waitFor();
    await files.setInputFiles([text('notes.csv', 'a,b')]);
    await page.getByText('“notes.csv” holds no run; expected log.jsonl and metrics.json of a training').waitFor();
    await files.setInputFiles([at('mlp', 'evaluation', 'data-test', 'evaluation.json')]);
    await page.getByText('“evaluation.json” is one half of an evaluation').waitFor();
    const evaluation = (run: string, file: string) => at(run, 'evaluation', 'data-test', file);
    await files.setInputFiles([evaluation('mlp', 'evaluation.json'), evaluation('fourier', 'predictions.csv')]);
    await page.getByText(/are not of one evaluation: the mean squared error is/).waitFor();
    // A whole evaluation with one of its images, and no run around it. The served run has them all: it is put aside.
    await page.locator('.case-square img').waitFor();
    await page.getByLabel('mlp', { exact: true }).uncheck();
    const worst = predictionsOf('fourier').sort((a, b) => Number(b['rmse']) - Number(a['rmse']))[0]!['image_file']!;
    await files.setInputFiles([
      evaluation('fourier', 'evaluation.json'),
      evaluation('fourier', 'predictions.csv'),
      join(folder, 'data', 'test', 'images', worst),
    ]);
    await expect.poll(() => page.locator('.case-name').textContent()).toBe(worst);
    await page.waitForFunction(
      () => (document.querySelector('.case-square img') as HTMLImageElement)?.naturalWidth === 32,
    );
    await page.getByRole('button', { name: 'Next case' }).click();
    await page.getByText('The image is not among the opened files').waitFor();
    expect(await page.locator('.case-square img').count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    while ((await page.locator('.notice button').count()) > 0) await page.locator('.notice button').first().click();
    expect(await axeViolations(page)).toEqual([]);
    expect(complaints.filter((line) => !keeper.test(line))).toEqual([]);
    await page.context().close();
  });

  it('scores a network on new images with the numbers of Node, and draws each of them again', async () => {
    const { page, complaints } = await fixture.open();
    await openRunsMode(page);
    await page.getByRole('button', { name: 'Score on new images by mlp' }).click();
    await page.locator('.run-row select').waitFor();
    await page.getByText(/^200 images that no network was trained with/).waitFor();
    const { reconstructor, scene } = await loadModel(at('mlp'));
    const names = scene.surface.parameters.map(({ name }) => name);
    const height = names.indexOf('height');
    const seed = 2 ** 44 + 2026;
    const [real, found]: [number[], number[]] = [[], []];
    for (let i = 0; i < 200; i++) {
      const shape = drawShape(scene, seed, i);
      const { image } = renderView(scene, shape, drawView(scene, seed, i, 0), { size: 32 });
      const { parameters } = await reconstructor.predict({ ...image, data: Uint8Array.from(image.data) });
      real.push(shape.parameters['height']!);
      found.push(parameters['height']!);
    }
    reconstructor.dispose();
    const mean = real.reduce((sum, value) => sum + value, 0) / real.length;
    const of = (values: number[], from: (i: number) => number) =>
      values.reduce((sum, value, i) => sum + (value - from(i)) ** 2, 0);
    const expected = 1 - of(found, (i) => real[i]!) / of(real, () => mean);
    const row = page.locator('.scores-table tbody tr', { hasText: 'height' });
    expect(number(await row.locator('.score').nth(2).textContent())).toBeCloseTo(expected, 2.7);
    await page.getByLabel('Order').selectOption('number');
    expect(await page.locator('.case-name').textContent()).toBe('image 0');
    const cells = page.locator('.case-table tbody tr').nth(height).locator('td');
    expect(number(await cells.nth(0).textContent())).toBeCloseTo(real[0]!, 2.7);
    expect(number(await cells.nth(1).textContent())).toBeCloseTo(found[0]!, 2.7);
    await page.locator('.case-square canvas').waitFor();
    expect(complaints.filter((text) => !keeper.test(text))).toEqual([]);
    await page.context().close();
  });
});

/** The case's table has what both files say of it. */
async function expectCase(page: Page, [one, other]: Record<string, string>[]): Promise<void> {
  const row: Locator = page.locator('.case-table tbody tr', { hasText: 'height' });
  const cells = (await row.locator('td').allTextContents()).map((text) => /^-?[\d.]+/.exec(text)![0]);
  expect(cells).toEqual(
    [one!['height_real'], one!['height_predicted'], other!['height_predicted']].map((value) =>
      Number(value).toFixed(3),
    ),
  );
}

/** What is saved opens without a network and a server, runs nothing, and shows the same numbers. */
async function expectSaved(page: Page): Promise<void> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as HTML' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('mlp-fourier.html');
  mkdirSync(join(folder, 'saved'), { recursive: true });
  const place = join(folder, 'saved', 'page.html');
  await download.saveAs(place);
  const html = readFileSync(place, 'utf8');
  expect(html).not.toMatch(/<script|@import|\bNaN\b|undefined/);
  expect(html.match(/(src|href)="(?!data:)[^"]*"/g)).toBeNull();
  const context = await page.context().browser()!.newContext({ offline: true, javaScriptEnabled: false });
  const saved = await context.newPage();
  const complaints: string[] = [];
  saved.on('console', (message) => complaints.push(message.text()));
  saved.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) complaints.push(request.url());
  });
  await saved.goto(pathToFileURL(place).href);
  for (const [i, run] of heads.entries()) {
    const { scores } = ofEvaluation(run);
    const text = await saved.locator('table.scores').nth(i).textContent();
    for (const { mae, r2 } of scores.perParameter) {
      expect(text).toContain(mae.toFixed(3));
      expect(text).toContain(r2.toFixed(3));
    }
  }
  const name = (await page.locator('.case-name').textContent())!;
  expect(await saved.locator('h2:has-text("The chosen case") + p').textContent()).toContain(name);
  const seen = await page.locator('.case-table tbody tr').first().locator('td').first().textContent();
  expect(await saved.locator('table').filter({ hasText: 'of the range' }).textContent()).toContain(seen);
  expect(await saved.locator('svg.scatter .marked').count()).toBe(12);
  expect(await saved.locator('.charts .card').count()).toBe(3);
  const image = saved.locator('figure img');
  expect((await image.boundingBox())!.width).toBeGreaterThan(200);
  // A broken one has a box, too.
  expect(await image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(32);
  expect(complaints).toEqual([]);
  await context.close();
}
