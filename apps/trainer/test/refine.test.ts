import { beforeAll, describe, expect, it } from 'vitest';
import { programFixture } from './program-fixture.js';
import { runProgram } from './run-program.js';

// Answers that are refined by rendering, few images of few renderings.
const { bytes, expectMistake, folder, json, run } = programFixture('refine');
const evaluate = 'evaluate R --dataset D --no-distances';
const few = '--refine --refine-images 2 --refine-budget 300';

beforeAll(async () => {
  // Three images to test with.
  expect((await run('synth --out D --shapes 10 --views 1 --size 32 --split .4,.3,.3 --workers 1')).code).toBe(0);
  expect((await run('train --dataset D --out R --backbone small --image-size 32 --epochs 1')).code).toBe(0);
});

const page = (...parts: string[]) => bytes(...parts, 'report.html').toString();
const table = (...parts: string[]) =>
  bytes(...parts, 'predictions.csv')
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

describe('evaluate --refine', () => {
  it('scores the answers before and after, in words, evaluation.json, predictions.csv and the report', async () => {
    const { code, stdout, stderr } = await run(`${evaluate} ${few} --report --out refined`);
    expect(stderr).not.toContain('[error]');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^network +\d/m);
    expect(stdout).toMatch(/^refined +\d/m);
    expect(stdout).toMatch(/2 images refined by rendering: found in \d \(\d+ %\), \d+ renderings \(budget 300\)/);

    const { refined, scores } = json('refined', 'evaluation.json');
    expect(refined).toMatchObject({ images: 2, budget: 300 });
    expect(refined.renderings).toBeGreaterThan(150);
    expect(refined.secondsPerImage).toBeGreaterThan(0);
    expect(refined.coverage).toHaveLength(9);
    expect(refined.camera.refined.medianDegrees).toBeLessThanOrEqual(180);
    expect(Object.keys(refined.scores)).toEqual(Object.keys(scores));

    const [header, ...rows] = table('refined');
    const column = (name: string) => rows.map((row) => row[header!.indexOf(name)]!);
    const done = column('found').map((found) => found !== '');
    expect(done.filter(Boolean)).toHaveLength(2);
    expect(column('found').filter((found) => found === 'true')).toHaveLength(refined.found);
    const errors = column('refined_radius').flatMap((value, i) =>
      value === '' ? [] : Math.abs(Number(value) - Number(column('radius_real')[i])),
    );
    // The radius goes from .5 to 1.5.
    expect((errors[0]! + errors[1]!) / 2).toBeCloseTo(refined.scores.perParameter[0].mae, 5);

    const shown = page('refined').replace(/;base64,[^"]+/g, ';base64,…');
    expect(shown).toContain('Before and after refinement');
    for (const name of ['network', 'refined']) expect(shown).toMatch(new RegExp(`<td>${name}</td><td>\\d`));
    const steps = shown.match(/ renderings: \d/g)!.length;
    expect(steps).toBeGreaterThanOrEqual(2);
    expect(shown.match(/<img src="data:image\/png;base64,/g)).toHaveLength(2 * 8 + 2 * steps + 3 * 2);
    expect(shown).not.toMatch(/\bNaN\b|undefined/);
  });

  it('changes nothing of the files where it is not asked for', async () => {
    expect((await run(`${evaluate} --out plain`)).code).toBe(0);
    const [plain, refined] = [json('plain', 'evaluation.json'), json('refined', 'evaluation.json')];
    const { refined: _, ...rest } = refined;
    expect(plain).toEqual(rest);
    const [header, ...rows] = table('plain');
    expect(header!.at(-1)).toBe('wave_freq_predicted');
    expect(table('refined').map((row) => row.slice(0, header!.length))).toEqual([header, ...rows]);
  });

  it('stops at Ctrl-C at once, in the middle of an image', async () => {
    const line = `${evaluate} --refine --refine-budget 1000000 --out stopped`;
    const { code, stdout } = await runProgram(line.split(' '), folder, { stderr: 'Refining 3 images' });
    expect(code).toBe(130);
    expect(stdout).not.toContain('refined by rendering');
  });

  it('refuses what it would not heed, and images in which nothing can be seen', async () => {
    await expectMistake(`${evaluate} --refine-images 2`, /--refine-images is about refinement; give --refine too/);
    await expectMistake(`${evaluate} --refine-budget 200`, /--refine-budget is about refinement/);
    await expectMistake(`${evaluate} --refine --refine-images 0`, /--refine-images .*from 1/);
    expect((await run('synth --out S --shapes 3 --views 1 --size 24 --split .3,.3,.4 --workers 1')).code).toBe(0);
    await expectMistake(
      `evaluate R --dataset S --no-distances --refine --out small`,
      /\.png is too small to refine: it has 24 × 24 pixels, at least 32 are needed; leave --refine out/,
    );
  });
});
