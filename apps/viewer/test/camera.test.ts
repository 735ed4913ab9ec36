import { describe, expect, it } from 'vitest';
import { axeViolations } from './axe-violations.js';
import { pageFixture, settled } from './page-fixture.js';

const fixture = pageFixture('The viewer: a camera');

describe.skipIf(fixture.missing)('the viewer with a camera', () => {
  it('shows what the camera sees, takes the square of it as an image, and lets the camera go', async () => {
    const { page, complaints } = await fixture.open({ permissions: ['camera'] });
    await settled(page);
    await page.getByRole('button', { name: 'Take a picture' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take a picture' });
    await dialog.getByRole('button', { name: 'Take it' }).and(page.locator(':enabled')).waitFor();
    await page.waitForFunction(() => document.querySelector('video')!.videoWidth > 0);
    expect(await axeViolations(page)).toEqual([]);
    const track = await page.evaluateHandle(
      () => (document.querySelector('video')!.srcObject as MediaStream).getVideoTracks()[0]!,
    );
    await dialog.getByRole('button', { name: 'Take it' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.panel-note', { hasText: 'picture-1.png' }).waitFor();
    expect(await track.evaluate(({ readyState }) => readyState)).toBe('ended');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('says what to do where it may not use the camera, and where it is closed takes nothing', async () => {
    const { page } = await fixture.open();
    await settled(page);
    const button = page.getByRole('button', { name: 'Take a picture' });
    await button.click();
    await page.getByText('The browser does not let this page use the camera; allow it').waitFor();
    expect(await page.locator('dialog').count()).toBe(0);
    await page.context().grantPermissions(['camera']);
    await button.click();
    await page.getByRole('button', { name: 'Take it' }).and(page.locator(':enabled')).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(await page.locator('.thumbnails').count()).toBe(1);
    expect(await button.evaluate((one) => one === document.activeElement)).toBe(true);
    // A camera that is pulled out while one looks.
    await button.click();
    await page.getByRole('button', { name: 'Take it' }).and(page.locator(':enabled')).waitFor();
    await page.evaluate(() => {
      const { srcObject } = document.querySelector('video')!;
      (srcObject as MediaStream).getVideoTracks()[0]!.dispatchEvent(new Event('ended'));
    });
    await page.getByText('The camera has gone; connect it again, or choose a file.').waitFor();
    expect(await page.locator('dialog').count()).toBe(0);
    await page.context().close();
  });
});
