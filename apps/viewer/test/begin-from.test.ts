import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeViolations } from './axe-violations.js';
import { pageFixture } from './page-fixture.js';
import { keptBy, showTraining, trainToEnd } from './train-steps.js';

const fixture = pageFixture('The viewer: a training that begins from a model');

/** What is chosen under that label. */
function field(page: Page, label: string) {
  return page.locator('.train-form label.field', { hasText: new RegExp(`^${label}`) }).locator('select');
}

/** One epoch of a few hundred images. */
async function chooseShort(page: Page): Promise<void> {
  await page.getByText('More settings').click();
  for (const [label, value] of [
    ['Epochs', 1],
    ['Images an epoch', 320],
    ['Images a step', 16],
  ] as const) {
    const field = page.getByLabel(label, { exact: true });
    await field.fill(String(value));
    await field.blur();
  }
}

describe.skipIf(fixture.missing)('the viewer, a training that begins from a model', () => {
  it('has its network, its weights and far better scores after one epoch than from random weights', async () => {
    const { page, complaints } = await fixture.open();
    await showTraining(page);
    await chooseShort(page);
    await trainToEnd(page, 'Train');
    const random = await keptBy(page, 'my observable');
    // Another head would be chosen here; the model brings its own, and its backbone and size.
    await field(page, 'Head').selectOption('fourierKAN');
    await page.getByLabel('Width of images in pixels').selectOption('32');
    const begin = field(page, 'Begin from');
    expect(await begin.locator('option').allTextContents()).toEqual(
      expect.arrayContaining(['random weights', 'fluted', 'observable', 'study', 'my observable']),
    );
    await begin.selectOption('observable');
    expect(await field(page, 'Head').inputValue()).toBe('mlp');
    expect(await page.getByLabel('Width of images in pixels').inputValue()).toBe('64');
    await trainToEnd(page, 'Train');
    const begun = await keptBy(page, 'my observable 2');
    const [before, after] = [random, begun].map(({ model }) => model.training.history[0].val_r2_visible);
    console.log(`R² after one epoch of 320 images: ${before} from random weights, ${after} from “observable”`);
    expect(after).toBeGreaterThan(0.6);
    expect(after).toBeGreaterThan(before + 0.5);
    expect(begun.model.training.init).toMatchObject({ fresh: [], unused: [] });
    await page.getByText(/^Begun from “observable”: all \d+ weights are taken over\.$/).waitFor();

    // With another head the backbone alone is taken over, which is said, also after the page was closed.
    await begin.selectOption('observable');
    await field(page, 'Head').selectOption('fastKAN');
    await trainToEnd(page, 'Train');
    const words = page.getByText(/^Begun from “observable”: \d+ of \d+ weights are taken over\.$/);
    await words.waitFor();
    await page.getByText('What did not fit').click();
    await page.getByText(/^They begin anew: head_0\//).waitFor();
    await page.getByText(/^There was no place for: head_0\//).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    if (process.env['PICTURES'])
      await page.screenshot({ path: `${process.env['PICTURES']}/begin.png`, fullPage: true });
    await page.reload();
    await showTraining(page);
    await page.getByRole('button', { name: 'Curves of my observable 3' }).click();
    await words.waitFor();
    // Of another backbone nothing would fit.
    await field(page, 'Begin from').selectOption('observable');
    await field(page, 'Backbone').selectOption('squeezeNet11');
    expect(await field(page, 'Begin from').inputValue()).toBe('');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
