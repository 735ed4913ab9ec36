import { cpSync, existsSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { programFixture } from './program-fixture.js';
import { runProgram } from './run-program.js';

// Where evaluations lie, what belongs together, and what is said of very little.
const { at, bytes, expectMistake, folder, json, run } = programFixture('evaluations');
const evaluate = 'evaluate R --dataset D --no-distances';

beforeAll(async () => {
  // One image to validate and one to test with.
  expect((await run('synth --out D --shapes 10 --views 1 --size 32 --workers 1')).code).toBe(0);
  const { code, stdout } = await run('train --dataset D --out R --backbone small --image-size 32 --epochs 1');
  expect(code).toBe(0);
  expect(stdout).not.toMatch(/\b1 (epochs|images)\b/);
});

const page = (...parts: string[]) => bytes(...parts, 'report.html').toString();

describe('an evaluation', () => {
  it('of each checkpoint and each data set has a folder of its own', async () => {
    expect((await run(evaluate)).code).toBe(0);
    expect((await run(`${evaluate} --checkpoint last`)).code).toBe(0);
    cpSync(at('D'), at('other', 'D'), { recursive: true, filter: (path) => basename(path) !== '.cache' });
    expect((await run('evaluate R --dataset other/D --no-distances')).code).toBe(0);
    const [own, last, other] = readdirSync(at('R', 'evaluation')).sort((a, b) => a.length - b.length);
    expect([own, last]).toEqual(['D-test', 'D-test-last']);
    expect(other).toMatch(/^D-[0-9a-f]{8}-test$/);
    const of = (name: string) => json('R', 'evaluation', name, 'evaluation.json');
    expect([own, last, other].map((name) => of(name!).checkpoint)).toEqual(['best', 'last', 'best']);
    expect([own, last, other].map((name) => of(name!).dataset)).toEqual([
      ...['../../../D', '../../../D', '../../../other/D'],
    ]);
  });

  it('has no report of another one beside it', async () => {
    expect((await run(`${evaluate} --report --out same`)).code).toBe(0);
    expect(page('same')).toContain('read by the best checkpoint');
    const { code, stderr } = await run(`${evaluate} --checkpoint last --out same`);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/same.report\.html was of an earlier evaluation/)]);
    expect(existsSync(at('same', 'report.html'))).toBe(false);
  });

  it('of a model by itself has no checkpoint to choose, no curves and a folder that is named', async () => {
    await expectMistake(
      `${evaluate.replace('R', 'R/best')} --out m --checkpoint last`,
      /model by itself.*--checkpoint/,
    );
    await expectMistake(
      `predict --no-refine R/best D/test/images --out m --checkpoint best`,
      /model by itself.*--checkpoint/,
    );
    await expectMistake(evaluate.replace('R', 'R/last'), /by itself.*give --out/);
    const { stdout } = await run(`${evaluate.replace('R', 'R/last')} --out m --report`);
    expect(stdout).toContain(', a model by itself, 1 test image\n');
    expect(json('m', 'evaluation.json').checkpoint).toBeNull();
    expect(page('m')).toContain('1 image of the test split of D, read by a model by itself');
    expect(page('m')).toContain('The curves of training are not known: this is a model by itself');
    expect(page('m')).toMatch(/>1 epoch, batch .*, seed \d/);
  });
});

describe('a report', () => {
  it('shows a single image once, and counts in words that fit', async () => {
    const { stdout } = await run(`${evaluate} --report`);
    expect(stdout).toContain(', best checkpoint, 1 test image\n');
    const text = page('R', 'evaluation', 'D-test');
    expect(text.match(/<h3>[^<]*/g)).toEqual(['<h3>The only one']);
    expect(text).toContain('1 image of the test split');
    expect(text).toContain('>1 epoch, batch');
    expect(text).not.toMatch(/\bNaN\b|\b1 (epochs|images|predictions)\b|not known/);
  });

  it('says what the files of the run do not tell', async () => {
    cpSync(at('R'), at('lost'), { recursive: true });
    writeFileSync(at('lost', 'log.jsonl'), '{"epoch"');
    rmSync(at('lost', 'metrics.json'));
    const report = `${evaluate.replace('R', 'lost')} --report --out of-lost`;
    expect((await run(report)).code).toBe(0);
    expect(page('of-lost')).toContain('In log.jsonl of the run, line 1 is damaged');
    expect(page('of-lost')).toContain('How long training took is not known: the run has no metrics.json');
    rmSync(at('lost', 'last'), { recursive: true });
    expect((await run(report)).code).toBe(0);
    expect(page('of-lost')).toContain('The curves of training are not known: in log.jsonl of the run, line 1');
  });
});

describe('words for what is missing', () => {
  it('a run without its config.json', async () => {
    cpSync(at('R'), at('headless'), { recursive: true });
    rmSync(at('headless', 'config.json'));
    const lost = /headless is a run folder \(.*\) whose config\.json is missing/;
    await expectMistake(`${evaluate.replace('R', 'headless')} --checkpoint last`, lost);
    await expectMistake(
      'train --out headless --resume',
      /config\.json is missing, without which its training cannot go/,
    );
    for (const name of ['best', 'last']) rmSync(at('headless', name), { recursive: true });
    await expectMistake(evaluate.replace('R', 'headless'), lost);
  });

  it('a part of the data set, or its folder', async () => {
    cpSync(at('D'), at('part'), { recursive: true });
    rmSync(at('part', 'val'), { recursive: true });
    rmSync(at('part', 'synthesis.json'));
    await expectMistake(
      'train --dataset part --out new --backend wasm',
      /has no folder "val"; expected val.images and/,
    );
    if (process.platform === 'win32') return;
    rmSync(at('part', 'train'), { recursive: true });
    symlinkSync(at('part', 'train'), at('part', 'train'));
    await expectMistake('train --dataset part --out new --backend wasm', /cannot read .*part.train: too many symbolic/);
  });

  it('words that are empty', async () => {
    await expectMistake('evaluate  --dataset D', /<run> is empty; usage: kanrecon evaluate <run>/);
    await expectMistake('dataset check ', /<dir> is empty/);
    await expectMistake('dataset import  --out i', /<source> is empty/);
    await expectMistake('predict  D/test/images --out p', /the first word is empty; expected an image, or the run,/);
    await expectMistake('predict --no-refine R  --out p', /an image's name is empty/);
  });
});

it('an image that cannot be used stops no other', async () => {
  const words = ['', 'https://x.org/a.png', 'no.png', 'D/test/images'];
  const { code, stdout, stderr } = await runProgram(
    ['predict', 'R', '--no-refine', ...words, '--out', 'some', '--json'],
    folder,
  );
  expect(code).toBe(2);
  const { reconstructions, failed } = JSON.parse(stdout);
  expect(reconstructions).toHaveLength(1);
  expect(failed.map(({ image }: { image: string }) => image)).toEqual(['', 'https://x.org/a.png', 'no.png']);
  for (const message of [
    "an image's name is empty",
    'nothing is fetched from the network',
    'no.png: there is no such file',
  ])
    expect(stderr).toContain(message);
  // Where there is no other, all are named.
  await expectMistake(
    'predict --no-refine R https://x.org/a.png  --out none',
    /x\.org.a\.png: images are[^\n]*\nan image's name is/,
  );
});
