import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OutputFiles } from '@kanrecon/files/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Evaluation } from './evaluation.js';
import { evaluationFiles } from './evaluation-files.js';

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'kanrecon-files-'));
});
afterEach(() => rmSync(out, { recursive: true }));

const sample = { imagePath: 'a.png', shape: 0, view: 0, cameraAngles: { x: 1, y: 0, z: 0 } };
const prediction = { sample, predicted: { a: 1 }, real: { a: 2 }, mse: 1, rmse: 1 };
const evaluation = (name: string) =>
  ({ name, out, dataset: join(out, 'data'), predictions: [prediction], scene: { name: 's' } }) as unknown as Evaluation;
const visible = () => readdirSync(out).filter((name) => !name.startsWith('.'));
const report = () => join(out, 'report.html');
/** As an evaluation with a report leaves it. */
const writeReport = () => new OutputFiles().write({ path: report() }, '<p>');
const told = () => JSON.parse(readFileSync(join(out, 'evaluation.json'), 'utf8')).name;

describe('the files of an evaluation', () => {
  it('are written together, and again by another one', async () => {
    for (const name of ['first', 'second']) {
      expect(await (await evaluationFiles(out)).write(evaluation(name))).toBeUndefined();
      expect(told()).toBe(name);
    }
    expect(visible().sort()).toEqual([
      ...['best_prediction.json', 'evaluation.json', 'predictions.csv', 'worst_prediction.json'],
    ]);
  });

  it.each([true, false])('have no report of an earlier one beside them (one of their own: %s)', async (own) => {
    await writeReport();
    const files = await evaluationFiles(out, own);
    expect(existsSync(report())).toBe(true);
    expect(await files.write(evaluation('x'))).toBe(report());
    expect(existsSync(report())).toBe(false);
  });

  it('replace no report that somebody has changed, and write nothing then', async () => {
    await writeReport();
    writeFileSync(report(), 'mine');
    for (const own of [true, false]) {
      await expect(evaluationFiles(out, own)).rejects.toMatchObject({ paths: [report()], reason: 'foreign' });
    }
    expect(visible()).toEqual(['report.html']);
  });

  it('lie beside a page of somebody else, unless they have a report too', async () => {
    writeFileSync(report(), 'mine');
    expect(await (await evaluationFiles(out)).write(evaluation('x'))).toBeUndefined();
    expect(readFileSync(report(), 'utf8')).toBe('mine');
    await expect(evaluationFiles(out, true)).rejects.toMatchObject({ reason: 'foreign' });
  });
});
