import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatasetError } from '@kanrecon/dataset';
import { openImageCache, openImageStream, readImage, scanDataset, synthesizeDataset } from '@kanrecon/dataset/node';
import { flutedColumn, normalizeParameters, SurfaceError, spiralCylinder } from '@kanrecon/geometry';
import { type FormulaSurfaceDefinition, surfaceFromFormulas } from '@kanrecon/geometry/formulas';
import { drawShape, renderView, sceneByName, sceneWith } from '@kanrecon/scene';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeSmallDataset } from '../../../../tests/small-dataset.js';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import { sampleView } from '../sample-view.js';

let root: string;
beforeEach(() => {
  root = temporaryFolder();
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const few = { shapes: 3, viewsPerShape: 2, imageSize: 40, seed: 7, split: { train: 1, val: 1, test: 1 } };
const cone: FormulaSurfaceDefinition = {
  name: 'my-cone',
  parameters: [{ name: 'slope', min: 0.5, max: 2 }],
  domain: { u: [0, '2 * pi'], v: [0, 1] },
  x: 'v * cos(u)',
  y: 'v * sin(u)',
  z: '-slope * v',
  closedU: true,
  poleVMin: true,
};
const withManifest = (change: (manifest: Record<string, unknown>) => object) => {
  const path = join(root, 'synthesis.json');
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))));
};

describe('a data set of another scene', () => {
  const variants = {
    observable: sceneByName('observable'),
    'fluted, robust': sceneWith(sceneByName('fluted'), {
      light: { tilt: [0, 0.6], azimuth: [0, 6.28], strength: [0.6, 1.4], ambient: [0.1, 0.3] },
      background: [60, 240],
      camera: { tanHalfFov: [0.3, 0.42] },
      effects: { noise: [0, 6], blur: [0, 1], jpeg: [40, 95], occluders: [0, 2] },
    }),
    'formulas, checker': sceneWith(sceneByName('observable'), {
      surface: surfaceFromFormulas(cone),
      pattern: 'checker',
    }),
  };

  it.each(Object.entries(variants))('%s: the manifest alone tells what every image shows', async (_, scene) => {
    await synthesizeDataset({ ...few, dir: root, scene });
    const manifest = JSON.parse(readFileSync(join(root, 'synthesis.json'), 'utf8'));
    expect(manifest).toMatchObject({ format: 3, scene: { name: scene.name }, complete: true });
    const scan = await scanDataset(root, { checkImages: true });
    expect(scan.surface.name).toBe(scene.surface.name);
    expect(scan.settings?.seed).toBe(7);
    for (const sample of scan.samples) {
      const { data } = await readImage(sample.imagePath);
      const shape = drawShape(scan.scene!, 7, sample.shape);
      expect(sample.parameters).toEqual(shape.parameters);
      const view = sampleView(scan.scene!, sample, scan.settings!.seed);
      expect(renderView(scan.scene!, shape, view, { size: 40 }).image.data).toEqual(data);
    }
    const cache = await openImageCache({ samples: scan.samples, imageSize: 16, cacheDir: join(root, '.cache') });
    const expected = new Float32Array(scene.surface.parameters.length);
    normalizeParameters(scene.surface, scan.samples[2].parameters, expected);
    expect(cache.targets([2])).toEqual(expected);
    cache.close();
    // The same call finds everything there.
    expect(await synthesizeDataset({ ...few, dir: root, scene })).toMatchObject({ written: 0, kept: 6 });
    const other = sceneWith(scene, { background: [3, 3] });
    await expect(synthesizeDataset({ ...few, dir: root, scene: other })).rejects.toThrow(
      /made with other settings \(changes is .*, not .*"background":\[3,3\]/,
    );
  });

  it('is not taken for one of another surface', async () => {
    await synthesizeDataset({ ...few, dir: root, scene: 'fluted' });
    expect((await scanDataset(root, { surface: flutedColumn })).samples).toHaveLength(6);
    const message = `${root} shows objects of the surface "fluted-column", not objects of the surface "spiral-cylinder"`;
    await expect(scanDataset(root, { surface: spiralCylinder })).rejects.toThrow(`scanDataset: ${message}`);
    const { samples } = await scanDataset(root);
    const cache = { samples, imageSize: 16, cacheDir: join(root, '.cache') };
    await expect(openImageCache({ ...cache, surface: spiralCylinder })).rejects.toThrow(`openImageCache: ${message}`);
    const study = join(root, 'study');
    const both = [...samples, ...(await scanDataset(writeSmallDataset(study))).samples];
    await expect(openImageCache({ ...cache, samples: both })).rejects.toThrow(
      'the samples are of two surfaces, fluted-column and spiral-cylinder',
    );
    rmSync(study, { recursive: true });
    const changed = { ...flutedColumn, parameters: flutedColumn.parameters.map((p) => ({ ...p, max: p.max + 1 })) };
    await expect(scanDataset(root, { surface: changed })).rejects.toThrow('of the same name with other parameters');
  });

  it('is not made of a surface without parameters', () => {
    const flat = surfaceFromFormulas({ ...cone, parameters: [], z: '-v' });
    expect(() => sceneWith(sceneByName('study'), { surface: flat })).toThrow(
      'sceneWith: the surface "my-cone" has no parameters; expected at least one',
    );
  });

  it('of objects that cannot be drawn or seen is refused', async () => {
    const hole = surfaceFromFormulas({ ...cone, z: 'slope > 0.62 and slope < 0.85 ? 1e300 : -slope * v' });
    const study = sceneByName('study');
    const holed = sceneWith(study, { surface: hole });
    const attempt = synthesizeDataset({ ...few, dir: root, scene: holed, shapes: 60, split: { train: 1 } });
    await expect(attempt).rejects.toThrow(DatasetError);
    await expect(attempt).rejects.toThrow(
      /^synthesizeDataset: a point of the surface "my-cone" is not finite at u = .*, slope = 0\.[678]/,
    );
    await expect(attempt).rejects.toHaveProperty('cause', expect.any(SurfaceError));
    rmSync(root, { recursive: true });
    const far = sceneWith(study, { camera: { placement: { distance: 1e6 } } });
    await expect(synthesizeDataset({ ...few, dir: root, scene: far })).rejects.toThrow(
      /^synthesizeDataset: no pixel shows the object of shape 0 \(surface "spiral-cylinder", radius = .*\); bring the camera nearer/,
    );
    const stream = openImageStream({ scene: holed, seed: 7, batchSize: 60, imageSize: 16 });
    const batch = stream.next();
    await expect(batch).rejects.toThrow(SurfaceError);
    await expect(batch).rejects.toThrow(/^openImageStream: batch 0 failed: a point of the surface "my-cone"/);
    await stream.close();
  });

  it('of a newer format, an unknown surface or scene is refused, whatever onInvalid says', async () => {
    await synthesizeDataset({ ...few, dir: root, scene: 'fluted' });
    const original = readFileSync(join(root, 'synthesis.json'), 'utf8');
    const expectRefusal = async (message: string) => {
      const attempt = scanDataset(root, { onInvalid: 'skip' });
      await expect(attempt).rejects.toThrow(message);
      await expect(attempt).rejects.toThrow(join(root, 'synthesis.json'));
      writeFileSync(join(root, 'synthesis.json'), original);
    };
    withManifest((manifest) => ({ ...manifest, format: 4 }));
    await expectRefusal('it is of format 4, and this version of @kanrecon/dataset knows formats up to 3; update it');
    withManifest((manifest) => ({ ...manifest, scene: { name: 'fluted', surface: 'pretzel' } }));
    await expectRefusal('unknown surface; expected one of spiral-cylinder');
    withManifest((manifest) => ({ ...manifest, scene: { name: 'moonlight' } }));
    await expectRefusal('unknown scene "moonlight"');
    withManifest((manifest) => ({
      ...manifest,
      scene: { name: 'fluted', surface: { ...cone, x: 'process.exit(1)' } },
    }));
    await expectRefusal('surfaceFromFormulas: ');
    expect((await scanDataset(root)).scene?.name).toBe('fluted');
  });
});

it('a data set without a manifest shows the study’s objects', async () => {
  const scan = await scanDataset(writeSmallDataset(root));
  expect([scan.surface, scan.scene, scan.settings]).toEqual([spiralCylinder, sceneByName('study'), undefined]);
});
