import { readFile } from 'node:fs/promises';
import { identifiability } from '@kanrecon/identifiability';
import { sceneByName } from '@kanrecon/scene';
import type { Page } from 'playwright-core';
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

  it('restores a surface, or a formula, with its values and camera from a link, and says what is wrong with a damaged one', async () => {
    const { page, complaints } = await fixture.open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await settled(page);
    await page.getByLabel('Surfaces', { exact: true }).first().check({ force: true });
    const share = async () => {
      await page.getByRole('button', { name: 'Copy a link to this surface' }).click();
      await page.getByText('The link is copied.').waitFor();
      await page.locator('.notice button').first().click();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    const numbers = (of: Page) =>
      of.locator('.slider input[type=range]').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
    const turned = (of: Page) => of.locator('canvas.object').screenshot();
    await page.getByLabel('vase', { exact: true }).check();
    await page.locator('.panel-note', { hasText: 'vase' }).waitFor();
    await page.locator('.slider input[type=range]').nth(1).focus();
    for (let i = 0; i < 7; i++) await page.keyboard.press('ArrowRight');
    await page.getByLabel(/^The object in 3D/).focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowLeft');
    const vase = { link: await share(), numbers: await numbers(page) };
    expect(vase.link).toContain('#.surface=vase&');
    await page.getByLabel('your own formula').check();
    const cone =
      '# a cone & more, 100 %\nu = 0 .. 2 pi\nv = 0.1 .. 1\nslope = 0.5 .. 2\nsurface = 1 .. 3\nx = v cos(u)\ny = v sin(u) + surface*0\nz = 2 - slope v';
    await page.getByLabel('Formulas of u and v').fill(cone);
    await page.locator('#parameter-slope').waitFor();
    await page.locator('#parameter-slope').focus();
    await page.keyboard.press('End');
    const own = { link: await share(), numbers: await numbers(page) };
    // What is typed now is none: the link is to what is drawn.
    await page.getByLabel('Formulas of u and v').fill('x = ');
    await page.locator('#formula-problem', { hasText: /./ }).waitFor();
    expect(await share()).toBe(own.link);
    await page.context().close();

    // Each in a window of its own, and then in the same one.
    const address = (link: string) => link.slice(link.indexOf('#'));
    const first = await fixture.open({}, address(vase.link));
    await first.page.locator('.panel-note', { hasText: 'vase' }).waitFor();
    expect(await numbers(first.page)).toEqual(vase.numbers);
    expect(await first.page.getByLabel('vase', { exact: true }).isChecked()).toBe(true);
    const seen = await turned(first.page);
    await first.page.evaluate((hash) => {
      location.hash = hash;
    }, address(own.link));
    await first.page.locator('#parameter-slope').waitFor();
    expect(await numbers(first.page)).toEqual(own.numbers);
    expect(await first.page.getByLabel('Formulas of u and v').inputValue()).toBe(cone);
    expect((await turned(first.page)).equals(seen)).toBe(false);
    for (const [hash, sentence] of [
      ['#.surface=teapot', 'The link is damaged: it names the surface “teapot”; there are spiral-cylinder,'],
      ['#.surface=vase', /^The link is damaged: \w+ is missing\. The page was opened without it/],
      [address(vase.link).replace(/height=[^&]*/, 'height=99'), 'The link is damaged: height should lie from'],
      ['#.formula=x+%3D+cosine(u)', 'The link is damaged: its formula cannot be drawn: There is no line for y;'],
      [`${address(own.link)}&.color=2,0,0`, 'The link is damaged: color should be three numbers from 0 to 1'],
      [address(own.link).replace(/&\.orbit=[^&]*/, '&.orbit=1,x,3'), '.orbit should be 3 numbers, not “1,x,3”'],
    ] as const) {
      await first.page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await first.page.getByText(sentence).first().waitFor();
      await first.page.locator('.notice button').first().click();
      expect(await numbers(first.page)).toEqual(own.numbers);
    }
    await first.page.getByLabel('Image to object').check({ force: true });
    await settled(first.page);
    expect(complaints).toEqual([]);
    expect(first.complaints).toEqual([]);
    await first.page.context().close();
    const second = await fixture.open({}, '#.surface=teapot');
    await second.page.getByText('it names the surface “teapot”').waitFor();
    await settled(second.page);
    await second.page.context().close();
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
