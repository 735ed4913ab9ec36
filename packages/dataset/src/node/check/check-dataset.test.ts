import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CheckDatasetOptions, checkDataset, readImage, synthesizeDataset } from '@kanrecon/dataset/node';
// The built package, as its users have it: the worker is a file of its own there.
import { sceneByName, sceneWith } from '@kanrecon/scene';
import { encode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../tests/temporary-folder.js';
import { imageFileName, labelFileName } from '../../file-names.js';
import type { Split } from '../../sample.js';

const drawn = { shapes: 10, viewsPerShape: 2, imageSize: 64, seed: 5, split: { train: 6, val: 2, test: 2 } };
const folder = temporaryFolder();
const clean = join(folder, 'clean');
beforeAll(() => synthesizeDataset({ dir: clean, ...drawn }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let copies = 0;
function copy(of = clean): string {
  const dir = join(folder, `copy${copies++}`);
  cpSync(of, dir, { recursive: true });
  return dir;
}
const image = (dir: string, split: Split, shape: number, view = 0) =>
  join(dir, split, 'images', imageFileName({ shape, view }));
const label = (dir: string, split: Split, shape: number, view = 0) =>
  join(dir, split, 'labels', labelFileName({ shape, view }));
const readLabel = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const check = (dir: string, options: CheckDatasetOptions = {}) => checkDataset(dir, { workers: 2, ...options });
const kinds = (findings: readonly { kind: string; path: string }[]) =>
  findings.map(({ kind, path }) => `${kind} ${path.split(/[\\/]/).at(-1)}`).sort();

/** Two labels change places, but for their image's name. */
function swapLabels(a: string, b: string): void {
  const [first, second] = [readLabel(a), readLabel(b)];
  writeFileSync(a, JSON.stringify({ ...second, image_file: first.image_file }));
  writeFileSync(b, JSON.stringify({ ...first, image_file: second.image_file }));
}

describe('checkDataset', () => {
  it('finds nothing in a faithful data set, and counts', async () => {
    const progress: number[] = [];
    const report = await check(clean, { onProgress: (done, total) => progress.push(done / total) });
    expect(report).toMatchObject({
      surface: 'spiral-cylinder',
      scene: 'study',
      counts: { train: { images: 12, shapes: 6 }, val: { images: 4, shapes: 2 }, test: { images: 4, shapes: 2 } },
      problems: [],
      findings: [],
    });
    expect(report.compared).toHaveLength(20);
    expect(report.compared.every(({ iou, difference }) => iou === 1 && difference === 0)).toBe(true);
    expect(progress.at(-1)).toBe(1);
    const radius = report.histograms.find(({ name }) => name === 'radius')!;
    const expected = new Array(10).fill(0);
    for (let shape = 0; shape < 6; shape++) {
      expected[Math.floor((readLabel(label(clean, 'train', shape)).radius - 0.5) * 10)]++;
    }
    expect(radius.bins.train).toEqual(expected);
    expect(await check(clean, { workers: 1 })).toEqual(report);
  });

  it("accepts Blender's images beside ours", async () => {
    const sample = fileURLToPath(new URL('../../../../../dataset/sample', import.meta.url));
    const { findings, problems, compared } = await check(sample);
    expect([findings, problems]).toEqual([[], []]);
    expect(compared[0].iou).toBeGreaterThan(0.993);
    expect(compared[0].split).toBe('test');
  });

  it.each([true, false])('finds swapped labels; the manifest is there: %s', async (manifest) => {
    const dir = copy();
    if (!manifest) {
      // As the study's own data set: no manifest, no colours.
      rmSync(join(dir, 'synthesis.json'));
      for (const [split, from, to] of [
        ['train', 0, 6],
        ['val', 6, 8],
        ['test', 8, 10],
      ] as const) {
        for (let shape = from; shape < to; shape++) {
          for (const view of [0, 1]) {
            const { base_color: _, ...rest } = readLabel(label(dir, split, shape, view));
            writeFileSync(label(dir, split, shape, view), JSON.stringify(rest));
          }
        }
      }
      expect((await check(dir)).findings).toEqual([]);
    }
    swapLabels(label(dir, 'train', 1), label(dir, 'train', 4, 1));
    const { findings, compared } = await check(dir);
    expect(kinds(findings)).toEqual([
      'contradicted-label 3DfORMULA_1_vers0.png',
      'contradicted-label 3DfORMULA_4_vers1.png',
    ]);
    expect(compared[0].iou).toBeLessThan(0.95);
    expect(findings[0].message).toMatch(/their outlines overlap by 0\.\d{4} \(IoU\)/);
  });

  it('finds a shape of another split under another number, by its label and by its pixels', async () => {
    const dir = copy();
    cpSync(image(dir, 'train', 2), image(dir, 'test', 77));
    const text = readFileSync(label(dir, 'train', 2), 'utf8').replace(
      imageFileName({ shape: 2, view: 0 }),
      imageFileName({ shape: 77, view: 0 }),
    );
    writeFileSync(label(dir, 'test', 77), text);
    const { findings } = await check(dir);
    expect(kinds(findings)).toEqual(['same-image 3DfORMULA_77_vers0.png', 'same-shape 3DfORMULA_77_vers0.png']);
    expect(findings[0].message).toBe('shape 77 in test shows the same shape as shape 2 in train');
  });

  it('finds an image that was saved anew elsewhere', async () => {
    const dir = copy();
    const { width, data } = await readImage(image(dir, 'train', 3));
    const anew = data.map((value, i) => value + (i % 5 === 0 && value < 255 ? 1 : 0));
    writeFileSync(image(dir, 'val', 6), encode({ width, height: width, data: anew, channels: 3, depth: 8 }));
    const { findings } = await check(dir);
    expect(kinds(findings)).toEqual([
      'contradicted-label 3DfORMULA_6_vers0.png',
      'similar-image 3DfORMULA_6_vers0.png',
    ]);
    expect(findings[1].value).toBeGreaterThan(0);
  });

  it('finds an image that was edited inside the outline, and one that was edited beside the object', async () => {
    const dir = copy();
    const paint = async (path: string, x: number, y: number, color: number) => {
      const { width, data } = await readImage(path);
      for (let row = y; row < y + 6; row++) data.fill(color, (row * width + x) * 3, (row * width + x + 6) * 3);
      writeFileSync(path, encode({ width, height: width, data, channels: 3, depth: 8 }));
    };
    await paint(image(dir, 'train', 0), 40, 32, 20);
    await paint(image(dir, 'train', 1), 1, 1, 20);
    const { findings } = await check(dir);
    expect(kinds(findings)).toEqual([
      'altered-image 3DfORMULA_0_vers0.png',
      'contradicted-label 3DfORMULA_1_vers0.png',
    ]);
  });

  it('finds every label that is off by little, with all effects, and says what is', async () => {
    const dir = join(folder, 'shifted');
    const effects = { noise: [4, 8], blur: [0, 1], jpeg: [70, 90], occluders: [0, 2] } as const;
    await synthesizeDataset({ dir, ...drawn, scene: sceneWith(sceneByName('observable'), { effects }) });
    expect((await check(dir)).compared.every(({ iou, difference }) => iou === 1 && difference === 0)).toBe(true);
    const shift = (shape: number, view: number) => {
      const path = label(dir, 'train', shape, view);
      const old = readLabel(path);
      writeFileSync(
        path,
        JSON.stringify({ ...old, twist_amp: old.twist_amp > 1 ? old.twist_amp - 0.15 : old.twist_amp + 0.15 }),
      );
    };
    for (const shape of [0, 1, 2, 3, 4, 5]) for (const view of [0, 1]) shift(shape, view);
    const found = await check(dir);
    expect(found.findings.map(({ kind }) => kind)).toEqual(new Array(12).fill('contradicted-label'));
    for (const { message } of found.findings) {
      expect(message).toMatch(/the label is not what synthesis\.json draws: twist_amp is [\d.]+, not [\d.]+$/);
    }
    // Other versions may draw otherwise: then the image alone tells.
    const manifest = join(dir, 'synthesis.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"@kanrecon\/render": "/, '"@kanrecon/render": "9'));
    const { findings } = await check(dir);
    expect(findings.length).toBeLessThan(12);
    expect(findings.some(({ message }) => message.includes('synthesis.json'))).toBe(false);
  });

  it("finds a camera's angle and a colour that synthesis.json does not draw", async () => {
    const dir = copy();
    const [camera, color] = [label(dir, 'train', 0), label(dir, 'train', 1)];
    const old = readLabel(camera);
    const angles = { ...old.camera_angles, y_angle: old.camera_angles.y_angle + 0.01 };
    writeFileSync(camera, JSON.stringify({ ...old, camera_angles: angles }));
    const [red, green, blue] = readLabel(color).base_color;
    writeFileSync(color, JSON.stringify({ ...readLabel(color), base_color: [red, green, (blue + 0.001) / 1.002] }));
    const { findings } = await check(dir);
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringContaining("the camera's y angle is"),
      expect.stringContaining('base_color is'),
    ]);
  });

  it('finds a drawn image that was changed by a byte here and there', async () => {
    const dir = copy();
    const path = image(dir, 'train', 3);
    const { width, data } = await readImage(path);
    const anew = data.map((value) => (value < 250 ? value + 1 : value));
    writeFileSync(path, encode({ width, height: width, data: anew, channels: 3, depth: 8 }));
    const { findings } = await check(dir);
    expect(kinds(findings)).toEqual(['altered-image 3DfORMULA_3_vers0.png']);
    expect(findings[0].message).toMatch(
      /is not the one that the renderer draws from its label: .* differs by 1\.0 of 255/,
    );
  });

  it('reports what is missing', async () => {
    const dir = copy();
    for (const view of [0, 1]) {
      rmSync(image(dir, 'train', 5, view));
      rmSync(label(dir, 'train', 5, view));
    }
    const { problems } = await check(dir);
    expect(problems.map(({ kind, message }) => `${kind}: ${message.slice(0, 60)}`)).toEqual([
      'missing-sample: 10 of the 12 images that synthesis.json names are there (3Df',
    ]);
  });

  it('reports values out of range and images that cannot be decoded', async () => {
    const dir = copy();
    const path = label(dir, 'val', 6);
    writeFileSync(path, JSON.stringify({ ...readLabel(path), radius: 9 }));
    writeFileSync(image(dir, 'test', 9, 1), 'x');
    const { problems, findings, counts } = await check(dir);
    expect(problems.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['out-of-range', 'corrupt-image']));
    expect(problems.find(({ kind }) => kind === 'out-of-range')?.message).toContain(
      '"radius" must be from 0.5 to 1.5, got 9',
    );
    expect(findings).toEqual([]);
    expect([counts.val.images, counts.test.images]).toEqual([3, 3]);
  });

  it.each(['observable', 'fluted'] as const)('knows the look of %s, its noise and its occluders', async (scene) => {
    const dir = join(folder, scene);
    const effects = { noise: [4, 8], blur: [0, 1], jpeg: [70, 90], occluders: [0, 2] } as const;
    await synthesizeDataset({ dir, ...drawn, scene: sceneWith(sceneByName(scene), { effects }) });
    const report = await check(dir);
    expect(report.scene).toBe(scene);
    expect(report.findings).toEqual([]);
    expect(report.problems).toEqual([]);
    swapLabels(label(dir, 'train', 1), label(dir, 'train', 4, 1));
    expect(kinds((await check(dir)).findings)).toEqual([
      'contradicted-label 3DfORMULA_1_vers0.png',
      'contradicted-label 3DfORMULA_4_vers1.png',
    ]);
  });

  it('stops when asked to, and refuses options that are none', async () => {
    const controller = new AbortController();
    const stopped = check(clean, { signal: controller.signal, workers: 1, onProgress: () => controller.abort() });
    await expect(stopped).rejects.toThrow(/abort/i);
    await expect(check(clean, { bins: 0 })).rejects.toThrow(/bins must be a positive whole number, got 0/);
    await expect(check(join(folder, 'nowhere'))).rejects.toThrow(/there is no such folder/);
  });
});
