import '@tensorflow/tfjs-backend-wasm';
import { loadPretrained } from '@kanrecon/pretrained/node';
import { networkCamera, networkColumns, reconstruct, refine } from '@kanrecon/reconstruction';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawnImage } from './drawn-image.js';
import { choose, pageFixture, savedJson, settled } from './page-fixture.js';

const fixture = pageFixture('The viewer: image to object');

describe.skipIf(fixture.missing)('the viewer, from image to object', () => {
  beforeAll(async () => {
    await setBackend('wasm');
  });

  it('opens with a sample and its object, without a complaint, fetching nothing from elsewhere', async () => {
    const { page, complaints } = await fixture.open();
    await settled(page);
    expect(await page.locator('.verdict-sentence').textContent()).toMatch(/^The image shows a spiral cylinder: /);
    expect(await page.locator('.slider').count()).toBe(6);
    expect(await page.locator('.thumbnail canvas').count()).toBe(8);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each([
    ['observable', 5001],
    ['fluted', 5002],
    ['study', 5003],
    ['robust', 5004],
  ])('finds the model of an image of %s by itself, and what Node finds with it', async (name, seed) => {
    const { image, scene, file } = drawnImage(name, seed);
    const { page, complaints } = await fixture.open();
    await settled(page);
    await choose(page, file);
    await page.locator('.panel-note', { hasText: `${name}.png` }).waitFor();
    await settled(page);
    expect(await page.locator('.badge').textContent()).toBe('Found');
    expect(await page.locator('.field select').inputValue()).toBe(name);
    const model = await loadPretrained(name as 'study');
    const { drawnParameters, view } = await reconstruct(image, model.reconstructor, { scene: model.scene });
    const found = await savedJson(page);
    for (const { name: parameter, min, max } of scene.surface.parameters) {
      expect(Math.abs((found[parameter] as number) - drawnParameters[parameter]!) / (max - min)).toBeLessThan(1e-3);
    }
    const { z_angle } = found['camera_angles'] as { z_angle: number };
    expect(z_angle).toBeCloseTo((view.cameraAngles.z * 180) / Math.PI, 1);
    expect(found['image_file']).toBe(`${name}.png`);
    if (name === 'study' || name === 'robust')
      expect(await page.locator('.estimate').nth(2).textContent()).toBe('not visible');
    else expect(await page.locator('.estimate').nth(2).textContent()).toMatch(/^\d\.\d{3} \(\d\.\d{3} to \d\.\d{3}\)$/);
    model.reconstructor.dispose();
    if (name === 'fluted') {
      // Another model that is chosen by hand is judged as well.
      await page.locator('.field select').selectOption('study');
      await page.locator('.badge.foreign, .badge.doubtful').waitFor();
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('refines step by step: stops, goes on, and ends nearer to the image than the network', async () => {
    const { file } = drawnImage('fluted', 5010);
    const { page, complaints } = await fixture.open();
    await settled(page);
    await choose(page, file);
    await page.locator('.panel-note', { hasText: file.name }).waitFor();
    await settled(page);
    const panel = page.locator('.refine-panel');
    const difference = async () => Number(await page.locator('.panel-foot strong').textContent());
    const before = await difference();
    // A click from here might come when all is done.
    await page.evaluate(() => {
      const all = document.querySelector('.refine-panel')!;
      const observer = new MutationObserver(() => {
        if (!all.querySelector('svg path')) return;
        observer.disconnect();
        all.querySelector('button')!.click();
      });
      observer.observe(all, { childList: true, subtree: true, characterData: true });
    });
    await panel.getByRole('button', { name: 'Refine' }).click();
    await panel.getByText(/^Stopped after \d+ renderings/).waitFor();
    await panel.getByRole('button', { name: 'Go on' }).click();
    await panel.getByText(/^Settled after \d+ renderings/).waitFor();
    expect(await page.locator('.panel-note', { hasText: 'refined by rendering' }).count()).toBe(1);
    expect(await difference()).toBeLessThan(before / 2);
    const found = await savedJson(page);
    // What was there before is a step of undo away.
    await page.keyboard.press('Control+z');
    expect(await savedJson(page)).not.toEqual(found);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('refines to what Node refines to', async () => {
    const { image, scene, file } = drawnImage('fluted', 5006, 64);
    const { page } = await fixture.open();
    await settled(page);
    await choose(page, file);
    await page.locator('.panel-note', { hasText: file.name }).waitFor();
    await settled(page);
    await page.locator('.refine-panel').getByRole('button', { name: 'Refine' }).click();
    const { reconstructor, scene: learned } = await loadPretrained('fluted');
    const { normalized, spread } = await reconstructor.predict(image);
    const camera = networkCamera(reconstructor, normalized, learned, spread);
    const columns = networkColumns(reconstructor, learned);
    const start = {
      normalized: columns.map((column) => normalized[column]!),
      spread: columns.map((column) => spread![column]!),
      cameraAngles: camera.cameraAngles,
      cameraSpread: Math.max(0.03, camera.spread!),
    };
    const expected = await refine(image, start, learned);
    reconstructor.dispose();
    await page.getByText(/^Settled after/).waitFor();
    const found = await savedJson(page);
    expect(expected.found).toBe(true);
    for (const { name, min, max } of scene.surface.parameters) {
      expect(Math.abs((found[name] as number) - expected.parameters[name]!) / (max - min)).toBeLessThan(1e-3);
    }
    await page.context().close();
  });

  it('shows no numbers of what is no such object, unless asked to', async () => {
    const { page, complaints } = await fixture.open();
    await settled(page);
    const squares = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(96, 96);
      const context = canvas.getContext('2d')!;
      for (let i = 0; i < 36; i++) {
        context.fillStyle = `hsl(${(i * 67) % 360} 80% ${20 + ((i * 13) % 60)}%)`;
        context.fillRect(16 * (i % 6), 16 * Math.floor(i / 6), 16, 16);
      }
      return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
    });
    await choose(page, { name: 'squares.png', mimeType: 'image/png', buffer: Buffer.from(squares) });
    await page.locator('.panel-note', { hasText: 'squares.png' }).waitFor();
    await page.locator('.badge.foreign').waitFor();
    expect(await page.locator('.verdict-sentence').textContent()).toMatch(/^This does not look like an? /);
    expect(await page.locator('.slider').count()).toBe(0);
    await page.getByRole('button', { name: 'Show the nearest object all the same' }).click();
    expect(await page.locator('.estimate').first().textContent()).toMatch(/^about /);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
