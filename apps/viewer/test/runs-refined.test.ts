import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { axeViolations } from './axe-violations.js';
import { pageFixture, settled } from './page-fixture.js';
import { refinedRun, serveRuns } from './served-run.js';

const folder = temporaryFolder();
/** Distances of two meshes, on a processor that others share. */
const patient = { timeout: 60_000 };
const fixture = pageFixture('The viewer: runs that were refined', async () => serveRuns([await refinedRun(folder)]));
const keeper = /A bad HTTP response code \(404\) was received when fetching the script/;
const evaluationAt = (file: string) => join(folder, 'run', 'evaluation', 'data-test', file);

describe.skipIf(fixture.missing)('the viewer, with a run whose answers were refined', () => {
  it('shows scores and cases before and after refinement, distances and meshes, and saves them', async () => {
    const { page, complaints } = await fixture.open();
    await settled(page);
    await page.getByLabel('Runs', { exact: true }).check({ force: true });
    const { refined, bestPossible } = JSON.parse(readFileSync(evaluationAt('evaluation.json'), 'utf8'));
    const words = page.locator('.refined-scores .hint');
    await words.waitFor();
    expect(await words.textContent()).toContain(
      `${refined.images} images refined by rendering: found in ${refined.found} (`,
    );
    expect(await words.textContent()).toContain(`${Math.round(refined.renderings)} renderings (budget 300)`);
    // Each parameter and combination: network, refined, best possible.
    const expected = ['perParameter', 'combinations'].flatMap((key) =>
      refined.network[key].map(({ name, mae, r2 }: Record<string, number>, i: number) => {
        const best = bestPossible.perParameter.find((row: { name: unknown }) => row.name === name)?.r2 ?? 1;
        const bound = bestPossible.bounds?.includes(name) ? '≤ ' : '';
        const after = refined.scores[key][i];
        return [r2!, after.r2, `${bound}${best.toFixed(3)}`, mae!, after.mae].map((value) =>
          typeof value === 'number' ? value.toFixed(3) : value,
        );
      }),
    );
    const found = await page
      .locator('.refined-table tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('td')].slice(0, 5).map((cell) => cell.textContent)),
      );
    expect(found).toEqual(expected);
    expect(found.length).toBeGreaterThan(6);
    const ways = page.locator('.refined-ways tbody tr');
    expect(await ways.first().locator('td').nth(2).textContent()).toBe(refined.network.r2Visible.toFixed(3));
    expect(await ways.nth(1).locator('td').nth(2).textContent()).toBe(refined.scores.r2Visible.toFixed(3));

    // The case that is farthest off after refinement comes first: by the file's numbers.
    await page.getByLabel('Order').selectOption('refined');
    const rows = predictions();
    const names = Object.keys(rows[0]!).flatMap((name) => (name.endsWith('_real') ? [name.slice(0, -5)] : []));
    const ranges = new Map(await rangesOf());
    const error = (row: Record<string, string>) =>
      Math.sqrt(
        names.reduce((sum, name) => {
          const off = (Number(row[`refined_${name}`]) - Number(row[`${name}_real`])) / ranges.get(name)!;
          return sum + off ** 2;
        }, 0) / names.length,
      );
    const worst = rows.filter((row) => row['found'] !== '').sort((a, b) => error(b) - error(a))[0]!;
    await expect.poll(() => page.locator('.case-name').textContent()).toBe(worst['image_file']);
    const told = worst['found'] === 'true' ? 'found' : 'not found';
    expect(await page.locator('.case-errors').textContent()).toContain(
      `${error(worst).toFixed(3)} after refinement; ${told}:`,
    );
    const height = page.locator('.case-table tbody tr', { hasText: 'height' }).locator('td');
    const three = (name: string) => Number(worst[name]).toFixed(3);
    expect(await height.nth(3).textContent()).toBe(
      `${three('refined_height')}${three('low90_height')} to ${three('high90_height')}`,
    );
    const distances = page.locator('.case-distances tbody td');
    const percent = ((100 * Number(worst['hausdorff'])) / Number(worst['size'])).toFixed(2);
    expect(await distances.nth(1).textContent()).toBe(`${three('hausdorff')}${percent}\u00a0%`);

    // Meshes, coloured by the distance to each other.
    await page.getByText('Meshes', { exact: true }).click();
    await page.locator('.case-meshes .scale', { hasText: 'units' }).waitFor();
    expect(await page.locator('.case-mesh-pair canvas').count()).toBe(2);
    expect(await page.locator('.case-meshes option').allTextContents()).toEqual(['run, refined', 'run']);
    const scale = page.locator('.case-meshes .scale');
    const before = await scale.textContent();
    await page.locator('.case-meshes select').selectOption({ label: 'run' });
    await expect.poll(() => scale.textContent(), patient).not.toBe(before);
    await expect.poll(() => scale.textContent(), patient).toContain('units');
    for (const [width, colorScheme] of [
      [1440, 'light'],
      [390, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 1000 });
      // A colour that is still on its way has too little contrast.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      if (process.env['PICTURES']) {
        await page.screenshot({ path: `${process.env['PICTURES']}/runs-${width}.png`, fullPage: true });
      }
    }

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as HTML' }).click(),
    ]);
    mkdirSync(join(folder, 'saved'), { recursive: true });
    await download.saveAs(join(folder, 'saved', 'page.html'));
    const html = readFileSync(join(folder, 'saved', 'page.html'), 'utf8');
    expect(html).not.toMatch(/<script|\bNaN\b|undefined/);
    for (const cells of expected) for (const cell of cells) expect(html).toContain(`<td>${cell}</td>`);
    for (const cell of [three('refined_height'), three('hausdorff'), `${percent} %`])
      expect(html).toContain(`<td>${cell}</td>`);
    expect(complaints.filter((text) => !keeper.test(text))).toEqual([]);
    await page.context().close();
  });

  it('says what is wrong with damaged scores after refinement', async () => {
    const { page, complaints } = await fixture.open();
    await settled(page);
    await page.getByLabel('Runs', { exact: true }).check({ force: true });
    const evaluation = JSON.parse(readFileSync(evaluationAt('evaluation.json'), 'utf8'));
    const place = join(folder, 'damaged');
    mkdirSync(place, { recursive: true });
    const open = async (change: object, csv: (text: string) => string = (text) => text) => {
      const refined = { ...evaluation.refined, ...change };
      writeFileSync(join(place, 'evaluation.json'), JSON.stringify({ ...evaluation, refined }));
      writeFileSync(join(place, 'predictions.csv'), csv(readFileSync(evaluationAt('predictions.csv'), 'utf8')));
      await page
        .locator('input[aria-label="A run’s files"]')
        .setInputFiles([join(place, 'evaluation.json'), join(place, 'predictions.csv')]);
    };
    await open({ scores: 7 });
    await page.getByText(/evaluation\.json: refined\.scores is wrong; expected an object/).waitFor();
    await open({ renderings: null });
    await page.getByText(/evaluation\.json: refined\.renderings is wrong; expected a number, got null/).waitFor();
    await open({ scores: evaluation.refined.network, network: { ...evaluation.refined.network, combinations: [] } });
    await page.getByText(/evaluation\.json: the tables of refined are not of its parameters/).waitFor();
    await open({}, (text) => text.replace(/,(true|false)\n/, ',perhaps\n'));
    await page.getByText(/predictions\.csv: in row \d+, found is neither true nor false: "perhaps"/).waitFor();
    expect(await page.locator('body').textContent()).not.toMatch(/\bNaN\b/);
    expect(complaints.filter((text) => !keeper.test(text))).toEqual([]);
    await page.context().close();
  });
});

/** The rows of predictions.csv, by column. */
function predictions(): Record<string, string>[] {
  const [header, ...rows] = readFileSync(evaluationAt('predictions.csv'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((row) => row.split(','));
  return rows.map((row) => Object.fromEntries(row.map((cell, i) => [header![i]!, cell])));
}

/** How wide each parameter's range is, by the run's model. */
async function rangesOf(): Promise<[string, number][]> {
  const { targets } = JSON.parse(readFileSync(join(folder, 'run', 'best', 'config.json'), 'utf8'));
  return targets.map(({ name, min, max }: { name: string; min: number; max: number }) => [name, max - min]);
}
