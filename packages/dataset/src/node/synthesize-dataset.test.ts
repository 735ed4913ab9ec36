import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
// The built package, as its users have it: the worker is a file of its own there.
import {
  DatasetError,
  type DatasetRenderer,
  RendererError,
  readImage,
  scanDataset,
  synthesizeDataset,
} from '@kanrecon/dataset/node';
import { explainFileError, fileErrorRemedy } from '@kanrecon/files/node';
import { spiralCylinder } from '@kanrecon/geometry';
import { cameraRotation, renderSurface } from '@kanrecon/render';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';

let root: string;
beforeEach(() => {
  root = temporaryFolder();
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const options = { shapes: 6, viewsPerShape: 3, imageSize: 32, seed: 5, split: { train: 4, val: 1, test: 1 } };

/** SHA-256 of every file below a folder, by relative path. */
function hashes(folder: string, below = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const name = join(below, entry.name);
    if (entry.isDirectory()) Object.assign(found, hashes(folder, name));
    else
      found[name] = createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex');
  }
  return found;
}

class Broken extends RendererError {
  override withNote(note: string) {
    return new Broken(this.message + note);
  }
}

describe('synthesizeDataset', () => {
  it('writes a data set that scans without a problem, each shape in one split', async () => {
    const progress: [number, number][] = [];
    const dir = join(root, 'new', 'folder');
    const summary = await synthesizeDataset({ ...options, dir, onProgress: (...call) => progress.push(call) });
    expect(summary).toMatchObject({ written: 18, kept: 0, counts: { train: 12, val: 3, test: 3 } });
    expect(progress.at(-1)).toEqual([18, 18]);
    const { samples, counts } = await scanDataset(dir, { checkImages: true });
    expect(counts).toEqual({ train: 12, val: 3, test: 3 });
    for (const { parameters, cameraAngles, baseColor } of samples) {
      for (const { name, min, max } of spiralCylinder.parameters) {
        expect(parameters[name]).toBeGreaterThanOrEqual(min);
        expect(parameters[name]).toBeLessThanOrEqual(max);
      }
      expect(cameraAngles.x * (180 / Math.PI)).toBeGreaterThanOrEqual(30);
      expect(cameraAngles.x * (180 / Math.PI)).toBeLessThanOrEqual(70);
      expect(baseColor).toHaveLength(3);
    }
    expect(new Set(samples.map(({ parameters }) => parameters['radius'])).size).toBe(6);
    expect(new Set(samples.map(({ cameraAngles }) => cameraAngles.z)).size).toBe(18);
    expect(hashes(dir)).not.toHaveProperty('.tmp');
  });

  it('draws what its labels say', async () => {
    await synthesizeDataset({ ...options, dir: root });
    const { samples } = await scanDataset(root);
    for (const { imagePath, parameters, cameraAngles, baseColor } of samples) {
      const { image } = renderSurface(spiralCylinder, parameters, {
        rotation: cameraRotation(cameraAngles),
        size: 32,
        baseColor,
      });
      const stored = await readImage(imagePath);
      const differences = stored.data.map((value, i) => Math.abs(value - image.data[i]));
      // Degrees in the label are rounded, so a byte may tip over.
      expect(Math.max(...differences)).toBeLessThanOrEqual(1);
      expect(new Set(stored.data).size).toBeGreaterThan(20);
    }
  });

  it('gives the same bytes whatever the number of workers, and others for another seed', async () => {
    const dirs = [1, 2, 3].map((workers) => ({ workers, dir: join(root, `${workers}`) }));
    for (const { workers, dir } of dirs) await synthesizeDataset({ ...options, dir, workers });
    const [one, two, three] = dirs.map(({ dir }) => hashes(dir));
    expect(Object.keys(one)).toHaveLength(37);
    expect(two).toEqual(one);
    expect(three).toEqual(one);
    await synthesizeDataset({ ...options, dir: join(root, 'other'), seed: 6 });
    const other = hashes(join(root, 'other'));
    expect(Object.keys(other).sort()).toEqual(Object.keys(one).sort());
    expect(Object.entries(other).filter(([name, hash]) => one[name] === hash)).toEqual([]);
  });

  it('goes on after an abort, keeps what is whole, and ends with the same bytes', async () => {
    const straight = join(root, 'straight');
    await synthesizeDataset({ ...options, dir: straight });
    const dir = join(root, 'resumed');
    const controller = new AbortController();
    const stopped = synthesizeDataset({
      ...options,
      dir,
      workers: 1,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(stopped).rejects.toThrow('aborted');
    expect(Object.keys(hashes(dir))).toHaveLength(17);
    await expect(scanDataset(dir)).rejects.toThrow('1 unfinished-synthesis');
    // One file is damaged meanwhile, one is lost, one was being written.
    writeFileSync(join(dir, 'train/images/.3DfORMULA_3_vers2.png.0123abcd.tmp'), 'half');
    truncateSync(join(dir, 'train/images/3DfORMULA_0_vers1.png'), 200);
    rmSync(join(dir, 'train/images/3DfORMULA_1_vers2.png'));
    expect(await synthesizeDataset({ ...options, dir })).toMatchObject({ written: 12, kept: 6 });
    expect(hashes(dir)).toEqual(hashes(straight));
    expect(await synthesizeDataset({ ...options, dir })).toMatchObject({ written: 0, kept: 18 });
  });

  it('works in a script given to node as text', () => {
    const script = `import { synthesizeDataset } from '@kanrecon/dataset/node';
      const options = { dir: ${JSON.stringify(join(root, 'piped'))}, shapes: 1, split: { train: 1 }, imageSize: 16 };
      console.log((await synthesizeDataset(options)).written);`;
    const cwd = fileURLToPath(new URL('../..', import.meta.url));
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd, encoding: 'utf8' });
    expect(run.stdout, run.stderr).toBe('5\n');
  });

  it('starts nothing when it is aborted already', async () => {
    const dir = join(root, 'none');
    await expect(synthesizeDataset({ ...options, dir, signal: AbortSignal.abort() })).rejects.toThrow('aborted');
    expect(existsSync(dir)).toBe(false);
  });

  it('leaves nothing behind when it fails before the first image', async () => {
    const renderer: DatasetRenderer = {
      settings: async () => ({ name: 'blender', version: '9.9.9', engine: 'cycles', samples: 1 }),
      synthesize: () => Promise.reject(new Broken('exit code 3')),
    };
    const failing = { ...options, renderer };
    await expect(synthesizeDataset({ ...failing, dir: join(root, 'deep', 'photos') })).rejects.toThrow('exit code 3');
    expect(existsSync(join(root, 'deep'))).toBe(false);
    // A folder that was there stays, with what is in it, and takes other settings.
    mkdirSync(join(root, 'mine'));
    writeFileSync(join(root, 'mine', 'notes.txt'), 'x');
    await expect(synthesizeDataset({ ...failing, dir: join(root, 'mine') })).rejects.toThrow('exit code 3');
    expect(readdirSync(join(root, 'mine'))).toEqual(['notes.txt']);
    expect(await synthesizeDataset({ ...options, dir: join(root, 'mine') })).toMatchObject({ written: 18 });
  });

  it('refuses a folder that holds another data set', async () => {
    await synthesizeDataset({ ...options, dir: root, shapes: 1, split: { train: 1 } });
    const before = hashes(root);
    const other = synthesizeDataset({ ...options, dir: root, shapes: 1, split: { train: 1 }, seed: 9 });
    await expect(other).rejects.toThrow(`${root} holds a data set made with other settings (seed is 5, not 9)`);
    await expect(other).rejects.toBeInstanceOf(DatasetError);
    expect(hashes(root)).toEqual(before);
    rmSync(join(root, 'synthesis.json'));
    await expect(synthesizeDataset({ ...options, dir: root })).rejects.toThrow('already has a folder "train"');
    writeFileSync(join(root, 'synthesis.json'), 'x');
    await expect(synthesizeDataset({ ...options, dir: root })).rejects.toThrow('does not say how a data set was made');
  });

  it('says in one sentence when a file is in the way', async () => {
    writeFileSync(join(root, 'file'), '');
    const error = await synthesizeDataset({ ...options, dir: join(root, 'file', 'data') }).catch((reason) => reason);
    expect(error).toBeInstanceOf(DatasetError);
    expect(error.message).toMatch(/^synthesizeDataset: cannot write .*: a file is in the way .* \(ENOTDIR\)$/);
    // In a worker, where the error has to cross threads.
    mkdirSync(join(root, 'data', 'train', 'images', '3DfORMULA_2_vers1.png', 'x'), { recursive: true });
    writeFileSync(join(root, 'data', 'synthesis.json'), await manifestText());
    const inWorker = await synthesizeDataset({ ...options, dir: join(root, 'data'), workers: 1 }).catch((e) => e);
    expect(inWorker).toBeInstanceOf(DatasetError);
    expect(inWorker.message).toMatch(/3DfORMULA_2_vers1\.png.*: .*\(E[A-Z]+\); 7 of 18 images are done/);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('says when the folder is read-only', async () => {
    chmodSync(root, 0o555);
    const attempt = synthesizeDataset({ ...options, dir: join(root, 'data') });
    await expect(attempt).rejects.toThrow(/permission denied \(EACCES\)$/);
    chmodSync(root, 0o755);
  });

  it.skipIf(!existsSync('/dev/full'))('knows a full disk', () => {
    let error: unknown;
    try {
      writeFileSync('/dev/full', 'x');
    } catch (reason) {
      error = reason;
    }
    expect(explainFileError(error)).toBe('the disk is full (ENOSPC)');
    expect(fileErrorRemedy(error)).toBe('free some space or use another folder');
    expect(explainFileError(new TypeError('x'))).toBeUndefined();
  });

  it('refuses options that make no sense', async () => {
    const attempt = (wrong: object) => synthesizeDataset({ ...options, dir: root, ...wrong });
    await expect(attempt({ shapes: 0 })).rejects.toThrow('shapes must be a positive whole number, got 0');
    await expect(attempt({ imageSize: 1.5 })).rejects.toThrow('imageSize must be a positive whole number, got 1.5');
    await expect(attempt({ workers: -1 })).rejects.toThrow('workers must be a positive whole number, got -1');
    await expect(attempt({ seed: 0.5 })).rejects.toThrow('seed must be an integer, got 0.5');
    await expect(attempt({ scene: 'nope' })).rejects.toThrow(
      'unknown scene "nope"; expected one of study, observable, fluted, robust',
    );
    await expect(attempt({ split: { train: 3 } })).rejects.toThrow('add up to 6 shapes');
    expect(readdirSync(root)).toEqual([]);
  });

  /** The manifest of these options, as an interrupted run leaves it. */
  async function manifestText(): Promise<string> {
    const dir = join(root, 'manifest');
    await synthesizeDataset({ ...options, dir });
    expect(statSync(join(dir, 'synthesis.json')).size).toBeGreaterThan(100);
    return readFileSync(join(dir, 'synthesis.json'), 'utf8').replace('"complete": true', '"complete": false');
  }
});
