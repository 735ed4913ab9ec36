import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { runProgram } from './run-program.js';

const folder = mkdtempSync(join(tmpdir(), 'kanrecon-demo-'));
// Half a minute on a quiet machine.
vi.setConfig({ testTimeout: 300_000 });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const small = ['demo', '--shapes', '20', '--image-size', '32', '--epochs', '1', '--refine-images', '2'];

describe('demo', () => {
  it('makes data, run and report, and does nothing twice', async () => {
    const first = await runProgram(small, folder);
    expect(first.stderr).not.toContain('[error]');
    expect(first.code).toBe(0);
    expect(first.stdout).toContain(join('runs', 'demo', 'report.html'));
    // Before anything is trained: three objects, found and with what they were drawn with.
    expect(first.stdout.match(/: its rendering leaves .* of the image unexplained\.$/gm)).toHaveLength(3);
    expect(first.stdout.match(/Drawn with radius \d\.\d{3}, height /g)).toHaveLength(3);
    for (const name of ['object-1.json', 'object-1.glb', 'object-1-overlay.png']) {
      expect(existsSync(join(folder, 'runs', 'demo', 'shipped', 'found', name))).toBe(true);
    }
    expect(first.stdout).toMatch(
      /^Network R² \S+ → refined R² \S+ of what shows \(height\/radius, .*\), on 2 test images\.$/m,
    );
    const weights = join(folder, 'runs', 'demo', 'best', 'weights.bin');
    const trained = statSync(weights).mtimeMs;

    const second = await runProgram([...small, '--json'], folder);
    expect(second.code).toBe(0);
    expect(statSync(weights).mtimeMs).toBe(trained);
    expect(JSON.parse(second.stdout)).toMatchObject({ finished: true, test: { images: 10, refined: { images: 2 } } });
  });

  it('the report is one page with curves, table, cases and reconstructions, and needs no network', () => {
    // Without the pixels, which would drown every message.
    const page = readFileSync(join(folder, 'runs', 'demo', 'report.html'), 'utf8').replace(
      /;base64,[^"]+/g,
      ';base64,…',
    );
    for (const heading of [
      'Training',
      'Test images',
      'Predictions',
      'More reconstructions',
      'Best',
      'Worst',
      'Before and after refinement',
      'A network that comes along',
      'Read by a network that comes along',
    ]) {
      expect(page).toMatch(new RegExp(`<h[23][^>]*>${heading}</h[23]>`));
    }
    expect(page.match(/<svg /g)).toHaveLength(4 + 6);
    // Two refined predictions with eight figures each, two pictures a step of their paths, six pairs, and three of the shipped network.
    const steps = page.match(/ renderings: \d/g)!.length;
    expect(steps).toBeGreaterThanOrEqual(4);
    expect(page.match(/<img src="data:image\/png;base64,/g)!.length).toBe(2 * 8 + 2 * steps + 2 * 6 + 2 * 3);
    expect(page).toMatch(/Hausdorff \d\.\d{3}/);
    expect(page).toMatch(/mean distance \d\.\d{3}/);
    expect(page).toContain('best possible R²');
    expect(page.match(/(src|href)="(?!data:)[^"]*"/g)).toBeNull();
    expect(page).not.toMatch(/<script|@import|\bNaN\b|undefined/);
  });

  it('other settings on old data are refused with the way out', async () => {
    const { code, stderr } = await runProgram(['demo', '--shapes', '30'], folder);
    expect(code).toBe(2);
    expect(stderr).toContain('start over with --fresh');
  });
});
