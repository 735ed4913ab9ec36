import { WebIO } from '@gltf-transform/core';
import { sceneByName } from '@kanrecon/scene';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { axeViolations } from './axe-violations.js';
import { pageFixture, saved, savedJson, settled } from './page-fixture.js';

const fixture = pageFixture('The viewer: colour and light');

/** Linear value of 0xff and 0x33 as sRGB bytes. */
const red = [1, 0.0331, 0.0331].map((value) => expect.closeTo(value, 3));

/** High enough for the whole page: nothing is scrolled between two pictures. */
const viewport = { width: 1280, height: 1600 };

describe.skipIf(fixture.missing)('the viewer, colour and light', () => {
  it('change the 3D view, the rendering over the image and the files; undo, reset and a link know them', async () => {
    const { page, complaints } = await fixture.open({ viewport, permissions: ['clipboard-read', 'clipboard-write'] });
    await settled(page);
    // A hue wheel: what is in the image is no single colour.
    const { pattern } = sceneByName('observable');
    expect(pattern).toBe('hue-wheel');
    await page.getByText('Colour and light').click();
    await page.getByText('A hue wheel covers it; a colour that you choose takes its place.').waitFor();
    const before = { json: await savedJson(page), seen: await seen(page) };

    await page.getByLabel('Base colour').fill('#ff3333');
    const painted = await seen(page);
    for (const view of ['object', 'overlay'] as const) {
      const [r, g, b] = painted[view];
      expect(r - Math.max(g, b)).toBeGreaterThan(10);
      expect(painted[view]).not.toEqual(before.seen[view]);
    }
    expect(painted.difference).toBeGreaterThan(before.seen.difference + 10);
    expect(await savedJson(page)).toEqual({ ...before.json, base_color: red });
    expect(await glbColors(page)).toEqual([red]);

    // The sun sinks to the horizon, and goes around; then night.
    await page.getByLabel('Sun’s tilt').focus();
    expect(await page.getByLabel('Sun’s direction').isDisabled()).toBe(true);
    await page.keyboard.press('End');
    const evening = await seen(page);
    await page.getByLabel('Sun’s direction').focus();
    for (const _ of [1, 2, 3]) await page.keyboard.press('PageUp');
    expect(await page.locator('#look-azimuth').inputValue()).toBe('108');
    const around = await seen(page);
    await page.getByLabel('Sun’s strength').focus();
    await page.keyboard.press('Home');
    const dusk = await seen(page);
    await page.getByLabel('Light from all around').focus();
    await page.keyboard.press('Home');
    const night = await seen(page);
    const steps = [painted, evening, around, dusk, night];
    for (const view of ['object', 'overlay'] as const) {
      for (const [i, step] of steps.slice(1).entries()) expect(step[view], view).not.toEqual(steps[i]![view]);
      // Both views grow darker; red is the most that is left of the object.
      expect(night[view][0]).toBeLessThan(dusk[view][0] - 2);
      expect(dusk[view][0]).toBeLessThan(painted[view][0] - 2);
    }
    for (const step of [dusk, around, evening, painted, before.seen]) {
      // As many times as PageUp was pressed.
      for (let i = 0; i < (step === evening ? 3 : 1); i++) await page.keyboard.press('Control+z');
      expect(await seen(page)).toEqual(step);
    }
    for (let i = 0; i < 7; i++) await page.keyboard.press('Control+Shift+z');
    expect(await seen(page)).toEqual(night);
    for (const _ of [1, 2]) await page.keyboard.press('Control+z');

    await page.getByRole('button', { name: 'Copy a link to this object' }).click();
    await page.getByText('The link is copied.').waitFor();
    const { hash } = new URL(await page.evaluate(() => navigator.clipboard.readText()));
    expect(hash).toMatch(/&\.light=1\.570796,1\.884956,1,0\.1987&\.pattern=plain&/);
    const other = await fixture.open({ viewport }, hash);
    await settled(other.page);
    near(await seen(other.page), around);
    await other.page.getByText('Colour and light').click();
    expect(await other.page.getByLabel('Base colour').inputValue()).toBe('#ff3333');
    await other.page.getByRole('button', { name: 'Reset to the estimate' }).click();
    near(await seen(other.page), before.seen);
    expect(other.complaints).toEqual([]);
    await other.page.context().close();

    await page.getByRole('button', { name: 'Reset to the estimate' }).click();
    expect(await seen(page)).toEqual(before.seen);
    expect(await savedJson(page)).toEqual(before.json);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('are labelled and stay on a narrow page, %s', async (colorScheme) => {
    const { page, complaints } = await fixture.open({ viewport: { width: 390, height: 844 }, colorScheme });
    await settled(page);
    const summary = page.locator('.look summary');
    await summary.focus();
    await page.keyboard.press('Enter');
    const reached: (string | null)[] = [];
    for (let i = 0; i < 4; i++) {
      await page.keyboard.press('Tab');
      reached.push(await page.evaluate(() => document.activeElement!.id));
    }
    // The sun stands straight above, so that its direction is none to be set.
    expect(reached).toEqual(['look-color', 'look-tilt', 'look-strength', 'look-ambient']);
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.locator('#look-tilt').focus();
    for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowRight');
    expect(await page.locator('#look-tilt').getAttribute('aria-valuetext')).toBe('40°');
    expect(await axeViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('are there for a surface by itself', async () => {
    const { page, complaints } = await fixture.open({ viewport });
    await settled(page);
    await page.getByText('Surfaces', { exact: true }).first().click();
    await page.locator('.surfaces').waitFor();
    const before = await colorOf(page, 'canvas.object');
    await page.getByText('Colour and light').click();
    await page.getByLabel('Base colour').fill('#ff3333');
    const [r, g, b] = await colorOf(page, 'canvas.object');
    expect(r - Math.max(g, b)).toBeGreaterThan(10);
    expect(await glbColors(page)).toEqual([red]);
    await page.getByRole('button', { name: 'Reset to the middles of the ranges' }).click();
    expect(await colorOf(page, 'canvas.object')).toEqual(before);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

/** Mean colours of both pictures, and how far rendering and image are apart. */
async function seen(page: Page) {
  const difference = Number(await page.locator('.panel-foot strong').textContent());
  return {
    object: await colorOf(page, 'canvas.object'),
    overlay: await colorOf(page, 'canvas[role=img]'),
    difference,
  };
}

/** Mean red, green and blue of what is seen of a canvas, its ground included. */
async function colorOf(page: Page, selector: string): Promise<[number, number, number]> {
  const { channels } = await sharp(await page.locator(selector).screenshot()).stats();
  return channels.slice(0, 3).map(({ mean }) => mean) as [number, number, number];
}

/** The same to a byte: a link has seven digits. */
function near(found: Awaited<ReturnType<typeof seen>>, wanted: Awaited<ReturnType<typeof seen>>): void {
  for (const view of ['object', 'overlay'] as const) {
    for (let c = 0; c < 3; c++) expect(Math.abs(found[view][c]! - wanted[view][c]!)).toBeLessThan(0.5);
  }
  expect(Math.abs(found.difference - wanted.difference)).toBeLessThan(0.15);
}

/** The different colours of a saved GLB's vertices, linear. */
async function glbColors(page: Page): Promise<number[][]> {
  const document = await new WebIO().readBinary(new Uint8Array(await saved(page, 'GLB')));
  const [primitive] = document.getRoot().listMeshes()[0]!.listPrimitives();
  const colors = primitive!.getAttribute('COLOR_0')!;
  const found = new Map<string, number[]>();
  for (let i = 0; i < colors.getCount(); i++) {
    const color = colors.getElement(i, []).slice(0, 3);
    found.set(color.join(), color);
  }
  return [...found.values()];
}
