import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEvaluation, parsePredictions } from '@kanrecon/training/report';
import { beforeAll, describe, expect, it } from 'vitest';
import { programFixture } from './program-fixture.js';
import { runProgram } from './run-program.js';

// What is done with a finished run.
const { at, bytes, expectMistake, folder, json, run, synthesize, train } = programFixture('evaluate-predict');

beforeAll(async () => {
  await synthesize();
  await train('whole');
});

describe('evaluate', () => {
  it('prints the table and writes scores, best, worst and all predictions', async () => {
    const { code, stdout } = await run('evaluate whole --dataset data');
    expect(code).toBe(0);
    for (const name of ['radius', 'height', 'twist_amp', 'wave_freq', 'the 4 visible', 'all'])
      expect(stdout).toContain(name);
    expect(stdout).toMatch(/R² +best possible/);
    expect(stdout).toMatch(/height\/radius +\d/);
    expect(stdout).toContain('twist_amp and twist_freq leave no trace');
    const out = ['whole', 'evaluation', 'data-test'];
    const evaluation = json(...out, 'evaluation.json');
    expect(evaluation).toMatchObject({ split: 'test', images: 8, checkpoint: 'best' });
    expect(evaluation.bestPossible.r2).toBeCloseTo(0.53, 2);
    expect(evaluation.scores.combinations).toHaveLength(3);
    expect(evaluation.limits.invisible).toEqual(['twist_amp', 'twist_freq']);
    const [best, worst] = [json(...out, 'best_prediction.json'), json(...out, 'worst_prediction.json')];
    expect(best.mse).toBeLessThanOrEqual(worst.mse);
    expect(Object.keys(best.predicted)).toEqual(Object.keys(best.real));
    expect(best.camera_angles.x_angle).toBeGreaterThan(29);
    const rows = bytes(...out, 'predictions.csv')
      .toString()
      .trimEnd()
      .split('\n')
      .slice(1);
    const errors = rows.map((row) => Number(row.split(',')[3]));
    expect(errors).toHaveLength(8);
    expect(errors.reduce((sum, value) => sum + value, 0) / 8).toBeCloseTo(evaluation.scores.mse, 5);
  });

  it('tells how far the surfaces are apart, in the text, in evaluation.json and image by image', async () => {
    const { stdout, stderr } = await run('evaluate whole --dataset data --out measured');
    expect(stderr).not.toContain('[error]');
    expect(stdout).toMatch(/surface distance, % of the object's size +mean +median +90 % +99 % +worst/);
    const { distances } = json('measured', 'evaluation.json');
    expect(distances.images).toBe(8);
    for (const kind of ['asFound', 'scaled']) {
      const { mean, hausdorff } = distances[kind];
      expect(mean.median).toBeGreaterThan(0);
      expect(mean.worst).toBeLessThan(hausdorff.worst);
      for (const { median, p90, p99, worst } of [mean, hausdorff]) {
        expect([median, p90, p99, worst]).toEqual([median, p90, p99, worst].sort((a, b) => a - b));
      }
    }
    expect(stdout).toContain((100 * distances.asFound.hausdorff.worst).toFixed(2));
    const [header, ...rows] = bytes('measured', 'predictions.csv')
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    const column = (name: string) => rows.map((row) => Number(row[header!.indexOf(name)]));
    const size = column('size');
    const shares = column('hausdorff').map((value, i) => value / size[i]!);
    expect(Math.max(...shares)).toBeCloseTo(distances.asFound.hausdorff.worst, 9);
    const best = json('measured', 'best_prediction.json');
    expect(best.distances.asFound.hausdorff).toBeCloseTo(column('hausdorff')[0]!, 9);
  });

  it('--no-distances leaves them out', async () => {
    const { stdout } = await run('evaluate whole --dataset data --out unmeasured --no-distances');
    expect(stdout).not.toContain('surface distance');
    expect(json('unmeasured', 'evaluation.json')).not.toHaveProperty('distances');
    expect(bytes('unmeasured', 'predictions.csv').toString().split('\n')[0]).toMatch(/wave_freq_predicted$/);
  });

  it('--report writes a page of scores, figures and reconstructions that needs no network', async () => {
    const { code, stdout } = await run('evaluate whole --dataset data --split val --report');
    expect(code).toBe(0);
    expect(stdout).toContain('predictions.csv, report.html');
    const page = bytes('whole', 'evaluation', 'data-val', 'report.html')
      .toString()
      .replace(/;base64,[^"]+/g, ';base64,…');
    for (const heading of [
      'Training',
      'Validation images',
      'Predicted against real',
      'Predictions',
      'More reconstructions',
      'Best',
      'Median',
      'Worst',
    ]) {
      expect(page).toMatch(new RegExp(`<h[23]>${heading}</h[23]>`));
    }
    expect(page.match(/<img src="data:image\/png;base64,/g)).toHaveLength(3 * 6 + 2 * 6);
    expect(page).toMatch(/<td>greatest, best scale<\/td><td>\d+\.\d\d</);
    expect(page).toContain('8 images of the val split of data, read by the best checkpoint.');
    expect(page.match(/(src|href)="(?!data:)[^"]*"/g)).toBeNull();
    expect(page).not.toMatch(/<script|@import|\bNaN\b|undefined/);
    expect(page).not.toContain(folder);
  });

  it('no file of it says where on this machine it was made', async () => {
    await run('evaluate whole --dataset data --no-distances');
    const out = ['whole', 'evaluation', 'data-test'];
    expect(json(...out, 'evaluation.json')).toMatchObject({ dataset: '../../../data', split: 'test' });
    const { stdout } = await run('evaluate whole --dataset data --no-distances --json');
    expect(JSON.parse(stdout)).toMatchObject({ dataset: at('data'), out: at(...out) });
    for (const name of readdirSync(at(...out))) expect(bytes(...out, name).toString(), name).not.toContain(folder);
  });

  it('--json is one document on stdout', async () => {
    const { stdout } = await run('evaluate whole --dataset data --split val --json');
    expect(JSON.parse(stdout).scores.perParameter).toHaveLength(6);
  });

  it('can be read again, as the page of `kanrecon viewer` does', async () => {
    await run('evaluate whole --dataset data');
    const text = (name: string) => bytes('whole', 'evaluation', 'data-test', name).toString();
    const read = parseEvaluation(text('evaluation.json'));
    const { scores, images, distances } = json('whole', 'evaluation', 'data-test', 'evaluation.json');
    expect(read).toMatchObject({ scores, images, distances });
    const predictions = parsePredictions(text('predictions.csv'));
    if (typeof predictions === 'string') throw new Error(predictions);
    expect(predictions).toHaveLength(images);
    expect(predictions.reduce((sum, { mse }) => sum + mse, 0) / images).toBeCloseTo(scores.mse, 6);
    const worst = json('whole', 'evaluation', 'data-test', 'worst_prediction.json');
    expect(predictions.at(-1)).toMatchObject({ image: worst.image_file, real: worst.real, rmse: worst.rmse });
    expect(predictions.at(-1)!.distances!.hausdorff).toBe(worst.distances.asFound.hausdorff);
  });

  it('makes its folder before the work', async () => {
    writeFileSync(at('in-the-way'), '');
    // There is no such data set either: what is asked first is told.
    await expectMistake('evaluate whole --dataset nowhere --out in-the-way', /in-the-way is a file; give a folder/);
    await expectMistake('evaluate whole --dataset nowhere --out empty/results', /nowhere/);
    expect(existsSync(at('empty'))).toBe(false);
  });

  it('names a broken label or image; skips it when told to', async () => {
    cpSync(at('data'), at('broken'), { recursive: true, filter: (path) => !path.endsWith('.cache') });
    const labels = at('broken', 'test', 'labels');
    const label = join(labels, readdirSync(labels)[0]!);
    const content = JSON.parse(readFileSync(label, 'utf8'));
    writeFileSync(label, JSON.stringify({ ...content, radius: undefined }));
    await expectMistake('evaluate whole --dataset broken', /param_.*\.json: .*"radius" is missing/);
    const alone = await run('evaluate whole --dataset broken --on-invalid skip --json');
    expect(alone.stderr).toContain('1 file of the data set is skipped:');
    const image = readdirSync(at('broken', 'test', 'images')).at(-1)!;
    writeFileSync(at('broken', 'test', 'images', image), 'no image');
    const skipped = await run('evaluate whole --dataset broken --on-invalid skip --json');
    expect(skipped.code).toBe(0);
    expect(JSON.parse(skipped.stdout).images).toBe(6);
    expect(skipped.stderr).toContain(image);
    expect(skipped.stderr).toContain('2 files of the data set are skipped:');
  });

  it('names a damaged checkpoint', async () => {
    cpSync(at('whole'), at('damaged'), { recursive: true });
    writeFileSync(at('damaged', 'best', 'weights.bin'), 'short');
    await expectMistake('evaluate damaged --dataset data', /damaged.best cannot be used: .*truncated/);
  });
});

describe('predict', () => {
  const images = () => readdirSync(at('data', 'test', 'images')).map((name) => `data/test/images/${name}`);
  const visible = (name: string) =>
    readdirSync(at(name))
      .filter((file) => !file.startsWith('.'))
      .sort();

  it.each(['glb', 'obj', 'stl'])('writes parameters, a %s mesh and a rendering', async (format) => {
    const [image] = images();
    const { code, stdout } = await run(
      `predict --no-refine whole ${image} --out as-${format} --format ${format} --json`,
    );
    expect(code).toBe(0);
    const name = image!.split('/').at(-1)!.replace('.png', '');
    expect(visible(`as-${format}`)).toEqual([`${name}.${format}`, `${name}.json`, `${name}.png`].sort());
    const written = json(`as-${format}`, `${name}.json`);
    expect(JSON.parse(stdout).reconstructions[0]).toEqual(written);
    expect(written).toMatchObject({ camera_from: 'label', mesh: `${name}.${format}`, image: `../${image}` });
    expect(written.real.radius).toBeGreaterThan(0.5);
    const { drawn_parameters: drawn } = written;
    expect(drawn.height).toBeGreaterThanOrEqual(1);
    expect(drawn.height).toBeLessThanOrEqual(3);
    const mesh = bytes(`as-${format}`, `${name}.${format}`);
    if (format === 'glb') expect(mesh.subarray(0, 4).toString()).toBe('glTF');
    if (format === 'stl') expect(mesh.readUInt32LE(80)).toBe((mesh.length - 84) / 50);
    if (format === 'obj') expect(mesh.toString().match(/^v /gm)).toHaveLength(101 * 101);
  });

  it('goes on after a corrupt image and ends with 2', async () => {
    writeFileSync(at('bad.png'), 'no image');
    await expectMistake(
      'predict --no-refine whole bad.png --out in-the-way',
      /in-the-way is a file; give a folder\.\n$/,
    );
    const { code, stderr } = await run(`predict --no-refine whole bad.png missing.png ${images()[0]} --out partly`);
    expect(code).toBe(2);
    expect(stderr).toMatch(/bad\.png: .*not an image/);
    expect(stderr).toMatch(/missing\.png: there is no such file/);
    expect(visible('partly')).toHaveLength(4);
  });

  it('opens each file of the network, each image and each label once, and the settings of their data set once for all', async () => {
    const names = images().slice(0, 3);
    const reads = at('reads.txt');
    const hook = { NODE_OPTIONS: `--import ${new URL('./count-reads.mjs', import.meta.url).href}`, READS_AT: reads };
    const { code } = await runProgram(
      ['predict', 'whole', '--no-refine', ...names, '--out', 'counted'],
      folder,
      undefined,
      hook,
    );
    expect(code).toBe(0);
    const opened = readFileSync(reads, 'utf8').split('\n').filter(Boolean);
    const times = (end: string) => opened.filter((path) => path.replaceAll('\\', '/').endsWith(end)).length;
    for (const name of names) {
      const base = name.split('/').at(-1)!;
      expect(times(`/images/${base}`), base).toBe(1);
      expect(times(`/labels/param_${base.replace('.png', '.json')}`), base).toBe(1);
    }
    expect(times('data/synthesis.json')).toBe(1);
    expect(times('whole/config.json')).toBe(1);
    for (const name of ['config.json', 'model.json', 'weights.bin', 'optimizer.bin']) {
      expect(times(`whole/best/${name}`), name).toBe(existsSync(at('whole', 'best', name)) ? 1 : 0);
    }
  });

  it('takes an image whose name begins with dashes, after --', async () => {
    cpSync(at(images()[0]!), at('--strange.png'));
    await expectMistake('predict --no-refine whole --strange.png --out strange', /unknown option '--strange\.png'/);
    expect((await run('predict --no-refine whole --out strange -- --strange.png')).code).toBe(0);
    expect(visible('strange')).toEqual(['--strange.glb', '--strange.json', '--strange.png']);
  });

  it('does not overwrite the image it reads', async () => {
    const before = statSync(at(images()[0]!)).mtimeMs;
    await expectMistake(`predict --no-refine whole ${images()[0]} --out data/test/images`, /lies inside the data set/);
    expect(statSync(at(images()[0]!)).mtimeMs).toBe(before);
    cpSync(at(images()[0]!), at('own', 'photo.png'));
    const [made] = [bytes('own', 'photo.png')];
    await expectMistake(
      'predict --no-refine whole own/photo.png --out own',
      /own.photo\.png: this result would overwrite the image itself/,
    );
    expect(bytes('own', 'photo.png')).toEqual(made);
  });
});
