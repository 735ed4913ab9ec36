import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pngBytes, writeSample, writeSmallDataset } from '../../../../tests/small-dataset.js';
import { scanFixture } from '../../test/scan-fixture.js';
import { scanDataset } from './scan-dataset.js';

const { dir, image, label, refusal, expectProblem } = scanFixture();

describe('scanDataset', () => {
  it('lists the samples of every split in order', async () => {
    writeSmallDataset(dir);
    const progress: [number, number][] = [];
    const scan = await scanDataset(dir, {
      checkImages: true,
      onProgress: (done, total) => progress.push([done, total]),
    });
    expect(scan.problems).toEqual([]);
    expect(scan.counts).toEqual({ train: 6, val: 1, test: 1 });
    expect(scan.samples.map(({ split, shape, view }) => `${split} ${shape} ${view}`)).toEqual([
      ...['train 0 0', 'train 0 1', 'train 1 0', 'train 1 1', 'train 2 0', 'train 2 1', 'val 3 0', 'test 4 0'],
    ]);
    expect(scan.samples[0]).toMatchObject({ imagePath: image('0_vers0'), labelPath: label('0_vers0') });
    expect(scan.samples[0].parameters).toEqual(scan.samples[1].parameters);
    expect(scan.samples[0].cameraAngles).not.toEqual(scan.samples[1].cameraAngles);
    expect(progress.at(-1)).toEqual([16, 16]);
  });

  it('finds the published folder in its parent and reads only the splits asked for', async () => {
    writeSmallDataset(join(dir, 'dataset_cilindro_spiralato'));
    const { root, counts } = await scanDataset(dir, { splits: ['val', 'test'] });
    expect(root).toBe(join(dir, 'dataset_cilindro_spiralato'));
    expect(counts).toEqual({ train: 0, val: 1, test: 1 });
  });

  it('takes zero-padded numbers, other image formats, cards, licences and what operating systems leave behind', async () => {
    writeSmallDataset(dir);
    const text = readFileSync(label('0_vers0'), 'utf8').replace(
      '3DfORMULA_0_vers0.png',
      'renders\\\\3DfORMULA_000_vers0.jpg',
    );
    renameSync(image('0_vers0'), image('000_vers0').replace('.png', '.jpg'));
    rmSync(label('0_vers0'));
    writeFileSync(label('000_vers0'), text);
    const documents = ['README.md', 'LICENSE', '.gitattributes'];
    const litter = ['.DS_Store', '._a.png', 'Icon\r', '__MACOSX', 'Thumbs.db', 'desktop.ini'];
    const places = ['', 'train/', 'train/images/', 'train/labels/'];
    for (const name of [...documents, ...places.flatMap((place) => litter.map((file) => place + file))]) {
      writeFileSync(join(dir, name), 'x');
    }
    expect((await scanDataset(dir)).counts.train).toBe(6);
  });

  it.each([
    [
      'a NaN',
      (text: string) => text.replace(/"radius": [\d.]+/, '"radius": NaN'),
      '"radius" must be a finite number, got NaN',
    ],
    ['a missing key', (text: string) => text.replace(/"height": [\d.]+,/, ''), '"height" is missing'],
    [
      'a value above its range',
      (text: string) => text.replace(/"radius": [\d.]+/, '"radius": 50'),
      '"radius" must be from 0.5 to 1.5, got 50',
    ],
    [
      'a value below its range by more than rounding',
      (text: string) => text.replace(/"height": [\d.]+/, '"height": 0.99999'),
      '"height" must be from 1 to 3, got 0.99999',
    ],
  ])('reports a label with %s', async (_, damage, message) => {
    writeSmallDataset(dir);
    writeFileSync(label('1_vers0'), damage(readFileSync(label('1_vers0'), 'utf8')));
    const kind = message.includes('must be from') ? 'out-of-range' : 'invalid-label';
    await expectProblem(kind, label('1_vers0'), message, 1);
  });

  it('takes values at the ends of their ranges, rounding included', async () => {
    writeSmallDataset(dir);
    const text = readFileSync(label('1_vers0'), 'utf8');
    const ends = text
      .replace(/"radius": [\d.]+/, '"radius": 1.5000001')
      .replace(/"height": [\d.]+/, '"height": 0.9999999');
    writeFileSync(label('1_vers0'), ends);
    expect((await scanDataset(dir)).problems).toEqual([]);
  });

  it('reports a label that is not JSON', async () => {
    writeSmallDataset(dir);
    writeFileSync(label('1_vers0'), readFileSync(label('1_vers0'), 'utf8').slice(0, 100));
    await expectProblem('unreadable-label', label('1_vers0'), 'the label is not valid JSON', 1);
  });

  it('reports a missing image', async () => {
    writeSmallDataset(dir);
    rmSync(image('2_vers1'));
    await expectProblem('missing-image', label('2_vers1'), 'image 3DfORMULA_2_vers1.png is not there', 1);
  });

  it('reports a missing label', async () => {
    writeSmallDataset(dir);
    rmSync(label('2_vers1'));
    await expectProblem('missing-label', image('2_vers1'), 'has no label', 1);
  });

  it("reports a label that names another shape's image", async () => {
    writeSmallDataset(dir);
    writeFileSync(label('2_vers1'), readFileSync(label('2_vers0')));
    await expectProblem('mismatched-image', label('2_vers1'), 'names the image "3DfORMULA_2_vers0.png"', 1);
  });

  it.each(['notes.txt', 'train/more', 'train/images/cat.png', 'val/labels/param_3DfORMULA_3_vers0.json.bak'])(
    'reports the unknown file %s',
    async (name) => {
      writeSmallDataset(dir);
      writeFileSync(join(dir, name), 'x');
      await expectProblem('unknown-file', join(dir, name), 'does not belong to a data set', 0);
    },
  );

  it('reports a folder where an image is expected', async () => {
    writeSmallDataset(dir);
    mkdirSync(image('9_vers0'));
    await expectProblem('unknown-file', image('9_vers0'), 'expected image files named', 0);
  });

  it('reports a shape in two splits once, and keeps it in the first', async () => {
    writeSmallDataset(dir);
    writeSample(dir, 'test', 2, 7);
    writeSample(dir, 'test', 2, 8);
    await expectProblem('duplicate-shape', label('2_vers7', 'test'), 'shape 2 is in train and in test', 0);
  });

  it('reports a second label of one view', async () => {
    writeSmallDataset(dir);
    const padded = readFileSync(label('2_vers1'), 'utf8').replace('_2_vers1', '_02_vers1');
    writeFileSync(label('02_vers1'), padded);
    writeFileSync(image('02_vers1'), readFileSync(image('2_vers1')));
    await expectProblem('duplicate-sample', label('2_vers1'), 'view 1 of shape 2 has another label', 0);
  });

  it.each([
    ['truncated', (bytes: Uint8Array) => bytes.subarray(0, bytes.length / 2), 'the image is damaged'],
    [
      'that is text',
      () => 'this is not an image',
      'this is not an image in a format that can be read; expected PNG, JPEG, WebP, AVIF, TIFF, GIF or SVG',
    ],
    ['that is empty', () => '', 'the file is empty'],
    ['with a flipped bit', (bytes: Uint8Array) => bytes.map((byte, i) => byte ^ (i === 200 ? 16 : 0)), 'is damaged'],
  ])('with checkImages reports a PNG %s', async (_, damage, message) => {
    writeSmallDataset(dir);
    writeFileSync(image('0_vers1'), damage(pngBytes(32, 1)));
    expect((await scanDataset(dir)).problems).toEqual([]);
    await expectProblem('corrupt-image', image('0_vers1'), message, 1, true);
  });

  it('counts many problems by kind and names the first five', async () => {
    writeSmallDataset(dir);
    for (const name of ['0_vers0', '0_vers1', '1_vers0', '1_vers1']) rmSync(image(name));
    rmSync(label('2_vers0'));
    rmSync(label('2_vers1'));
    const { message, problems } = await refusal(dir);
    expect(problems).toHaveLength(6);
    expect(message.split('\n')[0]).toBe(`scanDataset: ${dir} has 6 problems (4 missing-image, 2 missing-label)`);
    expect(message.split('\n')).toHaveLength(7);
    expect(message).toContain('… and 1 more');
  });

  it.skipIf(!existsSync('/dev/zero'))('does not open what is no file', async () => {
    writeSmallDataset(dir);
    symlinkSync('/dev/zero', image('8_vers0'));
    symlinkSync('/dev/zero', label('8_vers0'));
    execFileSync('mkfifo', [image('9_vers0'), label('9_vers0')]);
    const { problems } = await refusal(dir, { checkImages: true });
    expect(problems.map(({ kind, path }) => `${kind} ${path}`)).toEqual(
      [image('8_vers0'), image('9_vers0'), label('8_vers0'), label('9_vers0')].map((path) => `unknown-file ${path}`),
    );
    expect(problems[0].message).toContain('expected image files named');
  });

  it('takes links to files, and says of a link that leads nowhere what is wrong', async () => {
    writeSmallDataset(dir);
    renameSync(image('0_vers0'), join(dir, '.elsewhere'));
    symlinkSync(join(dir, '.elsewhere'), image('0_vers0'));
    expect((await scanDataset(dir, { checkImages: true })).problems).toEqual([]);
    rmSync(join(dir, '.elsewhere'));
    await expectProblem('missing-image', image('0_vers0'), 'there is no such file', 1, true);
  });

  it('reports a label of a size that no label has', async () => {
    writeSmallDataset(dir);
    truncateSync(label('0_vers0'), 2 ** 33);
    await expectProblem('unreadable-label', label('0_vers0'), 'the label has 8589934592 bytes', 1);
  });

  it('says in one sentence why a folder cannot be read at all', async () => {
    const missing = join(dir, 'nowhere');
    expect((await refusal(missing)).message).toBe(
      `scanDataset: cannot read the data set ${missing}: there is no such folder; check the path, or make a data set with "kanrecon synth"`,
    );
    expect((await refusal(dir)).message).toContain(`${dir} holds no data set; expected at least one of the folders`);
    const file = join(dir, 'file');
    writeFileSync(file, '');
    expect((await refusal(file)).message).toContain('expected a folder, got a file');
    mkdirSync(join(dir, 'train', 'images'), { recursive: true });
    expect((await refusal(dir, { onInvalid: 'skip' })).message).toContain('has no usable sample');
    expect((await refusal(dir, { splits: ['test'] })).message).toBe(
      `scanDataset: ${dir} has no folder "test"; expected test/images and test/labels in it; add them, or use a data set with train, val and test, as "kanrecon synth" makes one`,
    );
  });

  it.skipIf(process.platform === 'win32')(
    'a folder that cannot be looked into is not one without a data set',
    async () => {
      symlinkSync(join(dir, 'train'), join(dir, 'train'));
      const circle = `scanDataset: cannot read ${join(dir, 'train')}: too many symbolic links lead there (ELOOP)`;
      expect((await refusal(dir)).message).toBe(circle);
      mkdirSync(join(dir, 'val'));
      expect((await refusal(join(dir, 'train'))).message).toBe(
        `scanDataset: cannot read the data set ${join(dir, 'train')}: too many symbolic links lead there (ELOOP)`,
      );
    },
  );

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('nor is one without permission', async () => {
    writeSmallDataset(dir);
    chmodSync(dir, 0);
    const { message } = await refusal(dir);
    chmodSync(dir, 0o700);
    expect(message).toMatch(/^scanDataset: cannot read .*train: permission denied \(EACCES\)$/);
  });

  it('refuses unless told to skip, and takes no other word for it', async () => {
    writeSmallDataset(dir);
    rmSync(image('2_vers1'));
    const left = { onInvalid: undefined, splits: undefined, checkImages: undefined, surface: undefined };
    expect((await refusal(dir, left)).problems).toHaveLength(1);
    await expect(scanDataset(dir, { onInvalid: 'ignore' as 'skip' })).rejects.toThrow(
      'scanDataset: onInvalid is wrong; expected "refuse" or "skip", got "ignore"',
    );
    await expect(scanDataset(dir, { splits: ['training' as 'train'] })).rejects.toThrow(
      'scanDataset: unknown split; expected train, val, test, got "training"',
    );
  });

  it('stops when aborted', async () => {
    writeSmallDataset(dir);
    await expect(scanDataset(dir, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });
});
