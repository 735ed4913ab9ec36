import { describe, expect, it } from 'vitest';
import { axeViolations } from './axe-violations.js';
import { pageFixture, settled } from './page-fixture.js';

const fixture = pageFixture('The viewer: accessibility');

describe.skipIf(fixture.missing)('the viewer, for everyone', () => {
  it.each([
    [390, 844, 'light'],
    [1280, 900, 'dark'],
    [1280, 900, 'light'],
    [2560, 1300, 'dark'],
  ] as const)(
    'axe-core finds nothing at %i × %i, %s, and nothing leaves the page’s width',
    async (width, height, colorScheme) => {
      const { page, complaints } = await fixture.open({
        viewport: { width, height },
        colorScheme,
        reducedMotion: 'reduce',
      });
      await settled(page);
      await page.locator('.menu summary').click();
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  it('can be used with the keyboard alone', async () => {
    const { page } = await fixture.open();
    await settled(page);
    const reached = new Set<string>();
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      reached.add(
        await page.evaluate(() => {
          const { activeElement: at } = document;
          return at?.getAttribute('aria-label') ?? at?.textContent?.trim() ?? '';
        }),
      );
    }
    for (const name of [
      ...[
        'Save',
        'Copy a link to this object',
        'Choose images',
        'Refine',
        'View as in the image',
        'Draw other samples',
      ],
      ...['height as a number', 'Lock height: its value is known', 'Opacity of the rendering over the image'],
    ]) {
      expect([...reached]).toContain(name);
    }
    await page.locator('.menu summary').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('.menu-list').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.locator('.menu-list').isVisible()).toBe(false);
    await page.context().close();
  });
});
