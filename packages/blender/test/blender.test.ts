import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
// The built package, as its users have it.
import { blenderDatasetRenderer, compareRenderers, openBlender } from '@kanrecon/blender/node';
import { checkDataset, readImage, scanDataset, synthesizeDataset } from '@kanrecon/dataset/node';
import { type DrawnView, drawShape, drawView, renderView, sceneByName, sceneWith } from '@kanrecon/scene';
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { blenderForTest } from '../../../tests/blender-for-test.js';
import { temporaryFolder } from '../../../tests/temporary-folder.js';

const path = blenderForTest('The photo-realistic renderer is not checked');
const root = temporaryFolder();
// Path tracing on busy machines.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });
afterAll(() => rmSync(root, { recursive: true, force: true }));

const study = sceneByName('study');
const options = { shapes: 3, viewsPerShape: 2, imageSize: 48, seed: 5, split: { train: 2, test: 1 } };
const blender = { ...(path && { path }), samples: 4 };
const photo = { ...options, renderer: blenderDatasetRenderer(blender) };

/** SHA-256 of every file in a data set. */
function hashes(dir: string): Record<string, string> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
  return Object.fromEntries(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [file.slice(dir.length + 1), digest(file)];
    }),
  );
}

describe.skipIf(!path)('Blender', () => {
  it('draws what Blender drew for others: masks, and colours where nothing is hidden from the light', async () => {
    // Rendered with EEVEE, whose ambient light knows no occlusion.
    const oracle = fileURLToPath(new URL('../../render/test/golden/blender-oracle', import.meta.url));
    const sample = fileURLToPath(new URL('../../../dataset/sample', import.meta.url));
    const { samples } = await scanDataset(sample, { splits: ['test'] });
    const renderer = await openBlender({ ...(path && { path }) });
    for (const index of [2, 6]) {
      const { imagePath, shape, parameters, cameraAngles, baseColor } = samples[index];
      const { image, coverage } = await renderer.render(
        study,
        { parameters, baseColor: baseColor! },
        { ...drawView(study, 1, 0, 0), cameraAngles },
        { size: 224, samples: 16, occlusion: false },
      );
      const theirs = (await readImage(imagePath)).data;
      const number = String(shape - 1000).padStart(3, '0');
      const mask = decode(readFileSync(join(oracle, 'masks', `3DfORMULA_${number}_vers0.png`))).data;
      let [both, either, inside, difference] = [0, 0, 0, 0];
      for (let pixel = 0; pixel < mask.length; pixel++) {
        const [a, b] = [coverage[pixel] >= 128, mask[pixel] >= 128];
        if (a && b) both++;
        if (a || b) either++;
        if (!b) continue;
        inside++;
        for (let k = 3 * pixel; k < 3 * pixel + 3; k++) difference += Math.abs(image.data[k] - theirs[k]);
      }
      expect(both / either).toBeGreaterThan(0.998);
      expect(difference / (3 * inside)).toBeLessThan(4);
    }
    await renderer.close();
  });

  it('agrees with our renderer, but for the light that the object keeps from itself', async () => {
    const views: string[] = [];
    const comparison = await compareRenderers({
      ...{ shapes: 3, viewsPerShape: 1, imageSize: 128, seed: 1, workers: 2 },
      blender: { ...blender, samples: 16 },
      onView: ({ shape }, images, done, total) =>
        views.push(`${shape} ${done}/${total} ${images.plain.width} ${new Set(images.blender.data).size > 20}`),
    });
    expect(comparison.views.map(({ shape, view }) => [shape, view])).toEqual([0, 1, 2].map((shape) => [shape, 0]));
    expect(views.map((line) => line.slice(2)).sort()).toEqual(['1/3 128 true', '2/3 128 true', '3/3 128 true']);
    const { maskIoU, rgbDifference, plainRgbDifference } = comparison;
    expect(maskIoU.worst).toBeGreaterThan(0.998);
    expect(plainRgbDifference.worst).toBeLessThan(6);
    expect(rgbDifference.worst).toBeGreaterThan(plainRgbDifference.worst);
    expect(rgbDifference.median).toBe(comparison.views.map((view) => view.rgbDifference).sort((a, b) => a - b)[1]);
  });

  it('sees patterns, a slanted sun, a fixed camera and lobes as our renderer does', async () => {
    const scene = sceneWith(sceneByName('fluted'), {
      pattern: 'checker',
      light: { tilt: [0.7, 0.7], azimuth: [2, 2], strength: [1.5, 1.5] },
    });
    const observable = sceneByName('observable');
    for (const { views, ...rest } of [
      await compareRenderers({ scene, shapes: 1, imageSize: 192, blender: { ...blender, samples: 16 } }),
      await compareRenderers({ scene: observable, shapes: 1, imageSize: 192, blender: { ...blender, samples: 16 } }),
    ]) {
      expect(rest.maskIoU.worst).toBeGreaterThan(0.996);
      expect(views[0].plainRgbDifference).toBeLessThan(6);
    }
  });

  it('adds the effects of a view', async () => {
    const renderer = await openBlender({ ...(path && { path }) });
    const shape = drawShape(study, 1, 0);
    const drawn = drawView(study, 1, 0, 0);
    const view: DrawnView = { ...drawn, background: 90, effects: { ...drawn.effects, noise: 30, seed: 3 } };
    const noisy = await renderer.render(study, shape, view, { size: 48, samples: 4 });
    const clean = await renderer.render(study, shape, view, { size: 48, samples: 4, effects: false });
    await renderer.close();
    expect(Array.from(clean.image.data.subarray(0, 3))).toEqual([90, 90, 90]);
    const ours = renderView(study, shape, view, { size: 48 });
    const corner = clean.coverage.findIndex((value, pixel) => value === 0 && ours.coverage[pixel] === 0);
    // Where nothing is, both are background and the same noise.
    const at = (data: Uint8Array) => Array.from(data.subarray(3 * corner, 3 * corner + 3));
    expect(at(noisy.image.data)).toEqual(at(ours.image.data));
    expect(noisy.image.data).not.toEqual(clean.image.data);
  });

  describe('synthesizeDataset', () => {
    const one = join(root, 'one');
    beforeAll(() => synthesizeDataset({ ...photo, dir: one, workers: 1 }));

    it('writes a sound data set with the labels of our renderer, and says how', async () => {
      const ours = join(root, 'ours');
      await synthesizeDataset({ ...options, dir: ours });
      const { counts, problems } = await scanDataset(one, { checkImages: true });
      expect(problems).toEqual([]);
      expect(counts).toEqual({ train: 4, val: 0, test: 2 });
      const [theirs, mine] = [hashes(one), hashes(ours)];
      expect(Object.keys(theirs).sort()).toEqual(Object.keys(mine).sort());
      const same = Object.keys(mine).filter((file) => mine[file] === theirs[file]);
      expect(same).toEqual(Object.keys(mine).filter((file) => file.includes('param_')));
      expect(JSON.parse(readFileSync(join(one, 'synthesis.json'), 'utf8'))).toMatchObject({
        format: 3,
        renderer: { name: 'blender', version: expect.stringMatching(/^\d+\.\d+/), engine: 'cycles', samples: 4 },
        complete: true,
      });
    });

    it.each([
      ['observable', 64, 4],
      ['fluted', 96, 8],
      ['study', 128, 16],
    ] as const)(
      'is faithful to its labels in the eyes of checkDataset: %s at %i pixels',
      async (scene, imageSize, samples) => {
        const dir = join(root, `checked-${scene}`);
        const few = { shapes: 6, viewsPerShape: 1, split: { train: 4, val: 1, test: 1 }, seed: 3, imageSize };
        await synthesizeDataset({ dir, ...few, scene, renderer: blenderDatasetRenderer({ ...blender, samples }) });
        const { findings, problems, compared } = await checkDataset(dir);
        expect([findings, problems]).toEqual([[], []]);
        expect(Math.max(...compared.map(({ apart }) => apart!))).toBeLessThan(0.4);
        expect(Math.max(...compared.map(({ difference }) => difference))).toBeLessThan(12);
        // Another version's labels are not drawn again for comparison: the images tell.
        const manifest = join(dir, 'synthesis.json');
        writeFileSync(
          manifest,
          readFileSync(manifest, 'utf8').replace(/"@kanrecon\/dataset": "/, '"@kanrecon/dataset": "9'),
        );
        const { name, min, max } = sceneByName(scene).surface.parameters[0];
        for (const shape of [0, 1, 2, 3]) {
          const path = join(dir, 'train', 'labels', `param_3DfORMULA_${shape}_vers0.json`);
          const label = JSON.parse(readFileSync(path, 'utf8'));
          const step = 0.25 * (max - min);
          const moved = label[name] + step > max ? label[name] - step : label[name] + step;
          writeFileSync(path, JSON.stringify({ ...label, [name]: moved }));
        }
        const wrong = await checkDataset(dir);
        expect(wrong.findings.map(({ path, kind }) => `${kind} ${path.split(/[\\/]/).at(-1)}`).sort()).toEqual(
          [0, 1, 2, 3].map((shape) => expect.stringContaining(` 3DfORMULA_${shape}_vers0.png`)),
        );
        expect(wrong.findings[0].message).toMatch(
          /their outlines are \d\.\d\d pixels apart on average|a part of the image differs/,
        );
      },
    );

    it('gives the same bytes whatever the number of Blenders, and after an abort', async () => {
      const dir = join(root, 'two');
      const controller = new AbortController();
      const stopped = synthesizeDataset({
        ...{ ...photo, dir, workers: 2, signal: controller.signal },
        onProgress: (done) => done === 2 && controller.abort(),
      });
      await expect(stopped).rejects.toThrow('aborted');
      expect(existsSync(join(dir, 'synthesis.json'))).toBe(true);
      const summary = await synthesizeDataset({ ...photo, dir, workers: 2 });
      expect(summary.kept).toBeGreaterThan(1);
      expect(summary.written).toBe(6 - summary.kept);
      expect(hashes(dir)).toEqual(hashes(one));
    });

    it('refuses to go on with another renderer or other samples', async () => {
      await expect(synthesizeDataset({ ...options, dir: one })).rejects.toThrow(/renderer is \{"name".*, not our own/);
      const other = synthesizeDataset({
        ...photo,
        dir: one,
        renderer: blenderDatasetRenderer({ ...blender, samples: 5 }),
      });
      await expect(other).rejects.toThrow(/renderer is .*"samples":4\}, not .*"samples":5\}/);
    });
  });
});
