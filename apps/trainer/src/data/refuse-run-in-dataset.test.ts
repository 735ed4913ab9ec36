import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { refuseRunInDataset } from './refuse-run-in-dataset.js';

const folder = mkdtempSync(join(tmpdir(), 'kanrecon-runs-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('refuses a run in the folder that really holds the data set, and only there', () => {
  const published = join(folder, 'dataset', 'dataset_cilindro_spiralato');
  mkdirSync(join(published, 'train'), { recursive: true });
  expect(() => refuseRunInDataset(join(folder, 'runs', 'a'), folder)).not.toThrow();
  expect(() => refuseRunInDataset(folder, published)).not.toThrow();
  expect(() => refuseRunInDataset(`${published}-2`, published)).not.toThrow();
  expect(() => refuseRunInDataset(published, folder)).toThrow('is the data set');
  expect(() => refuseRunInDataset(join(published, 'a'), folder)).toThrow('lies inside the data set');
});
