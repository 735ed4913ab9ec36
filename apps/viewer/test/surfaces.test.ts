import { readFile } from 'node:fs/promises';
import { identifiability } from '@kanrecon/identifiability';
import { sceneByName } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { axeViolations } from './axe-violations.js';
import { pageFixture, saved, settled } from './page-fixture.js';

const fixture = pageFixture('The viewer: surfaces');

describe.skipIf(fixture.missing)('the viewer, surfaces by themselves', () => {
  it('shows every surface of the registry with its sliders', async () => {
    const { page, complaints } = await fixture.open();
    await settled(page);
    await page.getByLabel('Surfaces', { exact: true }).first().check({ force: true });
    const sliders: Record<string, number> = {};
    for (const name of ['spiral cylinder', 'fluted column', 'superellipsoid', 'torus pair', 'vase']) {
      await page.getByLabel(name, { exact: true }).check();
      await page.locator('.panel-note', { hasText: name }).waitFor();
      sliders[name] = await page.locator('.slider').count();
      const before = await page.locator('canvas.object').screenshot();
      await page.locator('.slider input[type=range]').first().focus();
      await page.keyboard.press('End');
      await page.waitForTimeout(500);
      expect((await page.locator('canvas.object').screenshot()).equals(before)).toBe(false);
    }
    expect(sliders).toEqual({
      'spiral cylinder': 6,
      'fluted column': 6,
      superellipsoid: 5,
      'torus pair': 6,
      vase: 5,
    });
    expect((await saved(page, 'STL')).readUInt32LE(80)).toBeGreaterThan(70_000);
    expect(await axeViolations(page)).toEqual([]);
    // Images are where they were.
    await page.getByLabel('Image to object').check({ force: true });
    await settled(page);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('draws a formula, follows its parameters, and says below it what is wrong', async () => {
    const { page, complaints } = await fixture.open();
    await settled(page);
    await page.getByLabel('Surfaces', { exact: true }).first().check({ force: true });
    await page.getByLabel('your own formula').check();
    await page.locator('#parameter-knobs').waitFor();
    const box = page.getByLabel('Formulas of u and v');
    const problem = page.locator('#formula-problem');
    const cone = 'u = 0 .. 2 pi\nv = 0.1 .. 1\nslope = 0.5 .. 2\nx = v cos(u)\ny = v sin(u)\nz = 2 - slope v';
    await box.fill(cone);
    await page.locator('#parameter-slope').waitFor();
    expect(await page.locator('.slider').count()).toBe(1);
    expect(await problem.textContent()).toBe('');
    // Keys and paste are the box's own there.
    await box.press('End');
    await page.keyboard.type(' + 1');
    expect(await box.inputValue()).not.toBe(cone);
    await page.keyboard.press('Control+z');
    expect(await box.inputValue()).toBe(cone);
    await box.dispatchEvent('paste');
    expect(await page.getByText('What was pasted').count()).toBe(0);
    await box.fill(cone.replace('cos(u)', 'cosine(u)'));
    await page.locator('#formula-problem', { hasText: 'cosine' }).waitFor();
    expect(await problem.textContent()).toMatch(/\.$/);
    await box.fill(cone.replace('z = 2 - slope v', ''));
    await page.locator('#formula-problem', { hasText: 'There is no line for z; add “z = …”' }).waitFor();
    // What was drawn last stays.
    expect(await page.locator('.slider').count()).toBe(1);
    await box.fill(cone.replace('z = 2 - slope v', 'z = log(slope - 2 v)'));
    await page.locator('#formula-problem', { hasText: /./ }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('says what images tell of a surface, as Node finds it, with the figure; and stops when asked to', async () => {
    const { page, complaints } = await fixture.open();
    await settled(page);
    await page.getByLabel('Surfaces', { exact: true }).first().check({ force: true });
    const panel = page.locator('.identify-panel');
    // A click from here might come when all is done.
    await page.evaluate(() => {
      const all = document.querySelector('.identify-panel')!;
      const observer = new MutationObserver(() => {
        if (!all.textContent.includes('Looking at objects')) return;
        observer.disconnect();
        all.querySelector('button')!.click();
      });
      observer.observe(all, { childList: true, subtree: true, characterData: true });
    });
    await panel.getByRole('button', { name: 'Find out' }).click();
    await panel.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    await panel.getByText(/^Random objects are drawn/).waitFor();
    await panel.getByLabel('How it is seen').selectOption('study');
    await panel.getByRole('button', { name: 'Find out' }).click();
    const expected = await identifiability(sceneByName('study'));
    await panel.getByText('Of 8 random objects, in images of 64 × 64 pixels:').waitFor();
    expect(await panel.locator('.sentences li').allTextContents()).toEqual(expected.summary);
    const words = { visible: 'shows', tied: 'tied to others', invisible: 'no trace', undecided: 'undecided' };
    const rows = await panel
      .locator('tbody tr')
      .evaluateAll((found) =>
        (found as HTMLTableRowElement[]).map((row) => [...row.cells].map((cell) => cell.textContent)),
      );
    expect(rows.map(([name, verdict]) => [name, verdict])).toEqual(
      expected.parameters.map(({ name, verdict }) => [name, words[verdict]]),
    );
    const figure = panel.locator('img');
    await expect.poll(() => figure.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1200);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      panel.getByRole('button', { name: 'Save the figure (SVG)' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('identify-spiral-cylinder.svg');
    const text = await readFile(await download.path(), 'utf8');
    for (const drawn of ['twist_amp (no trace)', 'radius (tied)', 'data:image/png;base64,'])
      expect(text).toContain(drawn);
    expect(await axeViolations(page)).toEqual([]);
    // Of another surface none of that is said.
    await page.getByLabel('vase', { exact: true }).check();
    await panel.getByText(/^Random objects are drawn/).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
