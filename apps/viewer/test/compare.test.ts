import '@tensorflow/tfjs-backend-wasm';
import { directedHausdorff, tessellate } from '@kanrecon/geometry';
import { loadPretrained } from '@kanrecon/pretrained/node';
import { compareReconstruction, reconstruct } from '@kanrecon/reconstruction';
import { setBackend } from '@tensorflow/tfjs-core';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './axe-violations.js';
import { drawnImage } from './drawn-image.js';
import { choose, pageFixture, savedJson, settled } from './page-fixture.js';

const fixture = pageFixture('The viewer: comparing');

describe.skipIf(fixture.missing)('the viewer, comparing shapes', () => {
  beforeAll(async () => {
    await setBackend('wasm');
  });

  it('measures between the real shape of a sample and the network’s what Node measures', async () => {
    const { page, complaints } = await fixture.open();
    await settled(page);
    await page.getByLabel('Compare', { exact: true }).check({ force: true });
    const [asFound, scaled] = await tables(page);
    // The sample that the page begins with.
    const { image, parameters, scene } = drawnImage('observable', 2026011);
    const model = await loadPretrained('observable');
    const { drawnParameters } = await reconstruct(image, model.reconstructor, { scene: model.scene });
    model.reconstructor.dispose();
    const expected = compareReconstruction(scene, drawnParameters, parameters);
    const meshes = [parameters, drawnParameters].map((shape) =>
      tessellate(scene.surface, shape, { uSteps: 100, vSteps: 100 }),
    );
    for (const [found, { mean, hausdorff }] of [
      [asFound, expected.asFound],
      [scaled, expected.scaled],
    ] as const) {
      expect(found!.rows['Mean, of surfaces']).toBeCloseTo(mean, 2.7);
      expect(found!.rows['Hausdorff, of surfaces']).toBeCloseTo(hausdorff, 2.7);
    }
    expect(asFound!.rows['Hausdorff, of vertices']).toBeCloseTo(
      Math.max(directedHausdorff(meshes[0]!, meshes[1]!), directedHausdorff(meshes[1]!, meshes[0]!)),
      2.7,
    );
    expect(scaled!.caption).toMatch(/^After B is scaled by /);
    expect(Number(/[\d.]+$/.exec(scaled!.caption)![0])).toBeCloseTo(expected.scaled.scale, 2.7);
    expect(await page.locator('.distances tbody tr').first().textContent()).toContain(
      `${((100 * expected.asFound.mean) / expected.size).toFixed(2)} %`,
    );
    const height = page.locator('.wide-table tbody tr', { hasText: 'height' });
    const cells = await height.locator('td').allTextContents();
    expect(Number(cells[0])).toBeCloseTo(parameters['height']!, 2.7);
    expect(Number(cells[1])).toBeCloseTo(drawnParameters['height']!, 2.7);
    const difference = drawnParameters['height']! - parameters['height']!;
    expect(Number(cells[2]!.replace('−', '-').split(' ')[0])).toBeCloseTo(difference, 2.7);
    // Refined, it is nearly what it really is; colours are drawn, and both objects turn together.
    await page.getByLabel('Image to object').check({ force: true });
    await page.locator('.refine-panel').getByRole('button', { name: 'Refine' }).click();
    await page.getByText(/^Settled after/).waitFor();
    await page.getByLabel('Compare', { exact: true }).check({ force: true });
    const [refined] = await tables(page);
    expect(refined!.rows['Hausdorff, of surfaces']).toBeLessThan(expected.asFound.hausdorff / 3);
    expect(await page.locator('.wide-table thead').textContent()).toMatch(/A: real.*network.*B: refined.*difference/);
    const canvases = page.locator('canvas.object');
    const before = await canvases.nth(1).screenshot();
    await page.locator('.square[role=application]').first().focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(async () => (await canvases.nth(1).screenshot()).equals(before)).toBe(false);
    expect(await axeViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('lays two models’ answers beside each other, and a label’s shape beside both', async () => {
    const { page, complaints } = await fixture.open();
    await settled(page);
    const { file, parameters } = drawnImage('study', 5003);
    await choose(page, file);
    await page.locator('.panel-note', { hasText: 'study.png' }).waitFor();
    await settled(page);
    const label = JSON.stringify({ ...(await savedJson(page)), ...parameters });
    await page.getByLabel('Compare', { exact: true }).check({ force: true });
    // Of one answer alone nothing is compared.
    await page.getByText('They come with two shapes.').waitFor();
    await page.getByLabel('What B is').selectOption({ label: 'study.png: network observable' });
    await tables(page);
    // What leaves no trace in the study's images is no number.
    expect(await page.locator('.wide-table').textContent()).toContain('not visible');
    await page.getByLabel('What B is').selectOption({ label: 'study.png: network fluted' });
    await tables(page);
    await page.getByText('their parameters do not mean the same.').waitFor();
    const chooseLabel = (name: string, text: string) =>
      page
        .locator('input[aria-label="Label file"]')
        .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
    await chooseLabel('param_broken.json', label.replace('"height"', '"tall"'));
    await page.getByText('“param_broken.json” cannot be used: the label\'s "height" is missing;').waitFor();
    await chooseLabel('param_study.json', label);
    await page.getByLabel('What A is').selectOption({ label: 'study.png: real' });
    await page.getByLabel('What B is').selectOption({ label: 'study.png: network study' });
    const [asFound, scaled] = await tables(page);
    // The size does not show: it is what the network is most wrong about.
    expect(scaled!.rows['Mean, of surfaces']).toBeLessThan(asFound!.rows['Mean, of surfaces']!);
    const height = await page.locator('.wide-table tbody tr', { hasText: 'height' }).locator('td').first();
    expect(Number(await height.textContent())).toBeCloseTo(parameters['height']!, 2.7);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

/** Both tables of distances, once they are there: caption, and the first column by the rows' names. */
async function tables(page: Page) {
  await page.getByText('Measuring from every triangle').waitFor({ state: 'detached' });
  await page.locator('.distances').first().waitFor();
  return page.locator('.distances').evaluateAll((found) =>
    (found as HTMLTableElement[]).map((table) => ({
      caption: table.caption!.textContent,
      rows: Object.fromEntries(
        [...table.tBodies[0]!.rows]
          .map((row) => [row.cells[0]!.textContent, Number(row.cells[1]!.textContent)] as const)
          .reverse(),
      ) as Record<string, number>,
    })),
  );
}
