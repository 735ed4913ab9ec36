import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { pageFixture, settled } from './page-fixture.js';

const fixture = pageFixture('The viewer: what is looked at');

describe.skipIf(fixture.missing)('the viewer, looking at image and object', () => {
  it('colours where rendering and image are apart, more where they are more apart', async () => {
    const { page, complaints } = await fixture.open();
    await settled(page);
    const canvas = page.locator('canvas[role=img]');
    const light = () =>
      canvas.evaluate((element) => {
        const { width, height } = element as HTMLCanvasElement;
        const copy = new OffscreenCanvas(width, height).getContext('2d')!;
        copy.drawImage(element as HTMLCanvasElement, 0, 0);
        const { data } = copy.getImageData(0, 0, width, height);
        return data.reduce((sum, value) => sum + value, 0) / data.length;
      });
    const overlaid = await light();
    await page.getByLabel('Difference', { exact: true }).check({ force: true });
    await page.getByText('64 of 255').waitFor();
    const near = await light();
    expect(near).not.toBe(overlaid);
    await page.locator('#parameter-height').focus();
    await page.keyboard.press('Home');
    expect(await light()).toBeGreaterThan(near + 2);
    await page.keyboard.press('Control+z');
    await page.getByLabel('Overlay', { exact: true }).check({ force: true });
    expect(await light()).toBe(overlaid);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('turns the object by mouse and by touch', async () => {
    const { page, complaints } = await fixture.open({ hasTouch: true });
    await settled(page);
    const canvas = page.locator('canvas.object');
    await canvas.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await canvas.boundingBox())!;
    const [left, middle] = [x + width / 2, y + height / 2];
    const before = await canvas.screenshot();
    await page.mouse.move(left, middle);
    await page.mouse.down();
    await page.mouse.move(left + 80, middle, { steps: 4 });
    await page.mouse.up();
    const byMouse = await azimuth(page);
    expect(Math.abs(byMouse - -0.9)).toBeGreaterThan(0.2);
    expect((await canvas.screenshot()).equals(before)).toBe(false);
    const touch = await page.context().newCDPSession(page);
    const at = (toX: number) => [{ x: toX, y: middle }];
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(left) });
    for (const by of [20, 40, 60, 80]) {
      await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(left + by) });
    }
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    expect(Math.abs((await azimuth(page)) - byMouse)).toBeGreaterThan(0.2);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

/** Where the 3D view is seen from, in radians, as a link says it. */
async function azimuth(page: Page): Promise<number> {
  await page.getByRole('button', { name: 'Copy a link to this object' }).click();
  await page.waitForFunction(() => location.hash.includes('orbit='));
  const words = new URLSearchParams(new URL(page.url()).hash.slice(1));
  return Number(words.get('orbit')!.split(',')[0]);
}
