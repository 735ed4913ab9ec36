import { beforeAll, describe, expect, it } from 'vitest';
import { drawnImage } from './drawn-image.js';
import { choose, pageFixture, settled, type WatchedPage } from './page-fixture.js';

const fixture = pageFixture('The viewer: files that are no images');
const { file } = drawnImage('observable', 5005);
const png = (buffer: Buffer, name = 'broken.png') => ({ name, mimeType: 'image/png', buffer });
/** The same picture, with a header that promises another size. */
const promising = (width: number, height: number) => {
  const changed = Buffer.from(file.buffer);
  changed.writeUInt32BE(width, 16);
  changed.writeUInt32BE(height, 20);
  return changed;
};

describe.skipIf(fixture.missing)('the viewer, given what it cannot use', () => {
  let opened: WatchedPage;
  beforeAll(async () => {
    opened = await fixture.open();
    await settled(opened.page);
  });

  it.each([
    ['nothing', png(Buffer.alloc(0)), '“broken.png” is empty; choose an image file'],
    ['text', png(Buffer.from('no image at all'), 'note.txt'), '“note.txt” is not an image that can be read; choose a'],
    ['half of an image', png(file.buffer.subarray(0, 60)), '“broken.png” cannot be decoded: it is damaged'],
    ['an image of 1 gigapixel', png(promising(40_000, 25_000)), '“broken.png” is too large (40000 × 25000 pixels)'],
    [
      'an image of 20 pixels',
      png(drawnImage('study', 1, 20).file.buffer),
      '“broken.png” is too small (20 × 20 pixels)',
    ],
  ])('says in a sentence why not: %s', async (_, given, sentence) => {
    const { page, complaints } = opened;
    await choose(page, given);
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain(sentence);
    expect(await alert.textContent()).toMatch(/\.$/);
    // What was shown is still there.
    expect(await page.locator('.slider').count()).toBe(6);
    await page.getByRole('button', { name: 'Close this message' }).click();
    expect(complaints).toEqual([]);
  });

  it('goes on with the next file', async () => {
    const { page, complaints } = opened;
    await choose(page, png(Buffer.alloc(9)), file);
    await page.locator('.panel-note', { hasText: file.name }).waitFor();
    await settled(page);
    expect(complaints).toEqual([]);
  });

  it('takes an image that is dropped, and one that is pasted', async () => {
    const { page, complaints } = opened;
    const before = await page.locator('.thumbnail').count();
    for (const [name, kind] of [
      ['dropped.png', 'drop'],
      ['pasted.png', 'paste'],
    ] as const) {
      await page.evaluate(
        ({ bytes, name: fileName, kind: type }) => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], fileName, { type: 'image/png' }));
          const event =
            type === 'drop'
              ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
              : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
          document.querySelector('main')!.dispatchEvent(event);
        },
        { bytes: [...file.buffer], name, kind },
      );
      await page.locator('.panel-note', { hasText: name }).waitFor();
      await settled(page);
    }
    expect(await page.locator('.thumbnail').count()).toBe(before + 2);
    await page.getByRole('button', { name: 'Remove pasted.png' }).click();
    expect(await page.locator('.thumbnail').count()).toBe(before + 1);
    expect(complaints).toEqual([]);
  });

  it('says so where the models cannot be had', async () => {
    const { page } = await fixture.open({}, '', (url) => /weights-[^/]*\.bin$/.test(url));
    const said = /The trained model “\w+” could not be loaded whole; check the connection/;
    await page.getByRole('alert').filter({ hasText: said }).waitFor();
    // The verdict is written a moment later.
    await page.locator('.verdict-sentence').filter({ hasText: said }).waitFor();
    await page.context().close();
  });
});
