import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { refuseOutFolder } from './refuse-out-folder.js';

const root = mkdtempSync(join(tmpdir(), 'kanrecon-out-'));
const at = (...parts: string[]) => join(root, ...parts);
afterAll(() => rmSync(root, { recursive: true }));

function write(json: unknown, ...parts: string[]) {
  mkdirSync(at(...parts.slice(0, -1)), { recursive: true });
  writeFileSync(at(...parts), typeof json === 'string' ? json : JSON.stringify(json));
}

write({ format: 2, experiment: { model: {}, data: {} } }, 'run', 'config.json');
write({ format: 'kanrecon-reconstructor' }, 'run', 'best', 'config.json');
write({ format: 3, viewsPerShape: 5 }, 'run', 'data', 'synthesis.json');
write({}, 'published', 'test', 'labels', 'param_3DfORMULA_7_vers0.json');
write({ format: 1 }, 'imported', '.import.json');
write('0 .5 .5 .1 .1', 'yolo', 'train', 'labels', 'photo.txt');
write({ scripts: {} }, 'program', 'config.json');
write('{', 'torn', 'config.json');
symlinkSync(at('published'), at('link'));
cpSync(at('run', 'best'), at('model'), { recursive: true });

describe('refuseOutFolder', () => {
  it.each([
    ['run', 'data set', 'is the folder of a run'],
    ['run/best', 'data set', 'is the checkpoint'],
    ['run/best/new', 'results', 'lies inside the checkpoint'],
    ['model', 'results', 'is the checkpoint'],
    ['run/data', 'run', 'is the data set'],
    ['run/data/test/images', 'results', 'lies inside the data set'],
    ['published', 'results', 'is the data set'],
    ['published/train/more', 'data set', 'lies inside the data set'],
    ['link/more', 'results', 'lies inside the data set'],
    ['imported/run', 'run', 'lies inside the data set'],
  ] as const)('refuses %s for a %s', (folder, made, reason) => {
    expect(() => refuseOutFolder(at(folder), made)).toThrow(`--out ${at(folder)} ${reason}`);
  });

  it.each([
    ['run/data', 'data set'],
    ['run', 'run'],
    ['run', 'results'],
    ['run/evaluation/data-test', 'results'],
    ['published', 'data set'],
    ['yolo/train/labels', 'results'],
    ['yolo', 'data set'],
    ['program', 'data set'],
    ['torn', 'data set'],
    ['nowhere/at/all', 'run'],
  ] as const)('takes %s for a %s', (folder, made) => {
    expect(() => refuseOutFolder(at(folder), made)).not.toThrow();
  });
});
