import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { presetByName, renderView, typicalView } from '@kanrecon/dataset';
import { readImage } from '@kanrecon/dataset/node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runProgram } from './run-program.js';

// The built program in processes of its own, from nothing to a mesh.
const folder = mkdtempSync(join(tmpdir(), 'kanrecon-program-'));
// Many short processes: half a minute in all on a quiet machine.
vi.setConfig({ testTimeout: 120_000 });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (line: string, interruptAfter?: string) => runProgram(line.split(' '), folder, interruptAfter);
const at = (...parts: string[]) => join(folder, ...parts);
const json = (...parts: string[]) => JSON.parse(readFileSync(at(...parts), 'utf8'));
const bytes = (...parts: string[]) => readFileSync(at(...parts));
const tiny = 'train --dataset data --image-size 32 --epochs 3 --batch-size 4 --widths 8 --dropout .3 --augment study';

/** A user's mistake: exit code 2, the message, no stack. */
async function expectMistake(line: string, message: RegExp) {
  const { code, stderr } = await run(line);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n\s+at .*\d+:\d+/);
  expect(code).toBe(2);
}

/** `log.jsonl` without the times, which no two runs share. */
function log(name: string) {
  const lines = bytes(name, 'log.jsonl').toString().trimEnd().split('\n');
  return lines.map((line) => ({ ...JSON.parse(line), seconds: 0, images_per_second: 0 }));
}

beforeAll(async () => {
  const { code, stdout } = await run(
    'synth --out data --shapes 20 --views 2 --size 48 --split .6,.2,.2 --workers 2 --json',
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ counts: { train: 24, val: 8, test: 8 }, written: 40 });
  expect((await run(`${tiny} --out whole`)).code).toBe(0);
});

describe('train', () => {
  it('leaves a run folder with configuration, log, checkpoints and metrics', () => {
    expect(readdirSync(at('whole')).sort()).toEqual(['best', 'config.json', 'last', 'log.jsonl', 'metrics.json']);
    const records = log('whole');
    expect(records.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    for (const record of records) {
      for (const key of ['train_loss', 'val_loss', 'val_mae', 'val_rmse', 'val_r2', 'learning_rate']) {
        expect(Number.isFinite(record[key]), key).toBe(true);
      }
    }
    expect(json('whole', 'metrics.json')).toMatchObject({
      name: 'SQUEEZENET_DROP3_FOURIER_DROP_8',
      finished: true,
      epochs: 3,
    });
    const best = records.reduce((a, b) => (b.val_loss < a.val_loss ? b : a));
    expect(json('whole', 'metrics.json').best.epoch).toBe(best.epoch);
  });

  it('Ctrl-C saves and leaves with 130; --resume ends with the very same weights and log', async () => {
    const stopped = await run(`${tiny} --out halves`, 'epoch 1/3');
    expect(stopped.code).toBe(130);
    expect(stopped.stdout).toContain('kanrecon train --out halves --resume');
    expect(json('halves', 'metrics.json').finished).toBe(false);
    const position = json('halves', 'last', 'config.json').extra.training;
    expect(position.epoch + position.step).toBeGreaterThan(0);
    expect(position.epoch).toBeLessThan(3);

    const resumed = await run('train --out halves --resume --json');
    expect(resumed.code).toBe(0);
    expect(JSON.parse(resumed.stdout)).toMatchObject({ finished: true, epochs: 3 });
    expect(log('halves')).toEqual(log('whole'));
    for (const file of [
      ['last', 'weights.bin'],
      ['last', 'optimizer.bin'],
      ['best', 'weights.bin'],
    ]) {
      expect(bytes('halves', ...file).equals(bytes('whole', ...file)), file.join('/')).toBe(true);
    }
  });

  it('takes another head, which evaluate and --resume then know', async () => {
    expect((await run(`${tiny.replace('--epochs 3', '--epochs 1')} --out fast --head fast`)).code).toBe(0);
    expect(json('fast', 'metrics.json').name).toBe('SQUEEZENET_DROP3_FSTK_DROP_8');
    expect((await run('train --out fast --resume --epochs 2')).code).toBe(0);
    const { code, stdout } = await run('evaluate fast --dataset data --json');
    expect(code).toBe(0);
    expect(Number.isFinite(JSON.parse(stdout).scores.mse)).toBe(true);
  });

  it('takes the settings of a recipe, but for the flags that are given, and its network is evaluated', async () => {
    const flags = '--epochs 1 --image-size 32 --workers 1';
    expect((await run(`train --recipe small --dataset data --out small ${flags}`)).code).toBe(0);
    const { model, training, name } = json('small', 'config.json');
    expect(name).toBe('SMALLCNN_NODROP_CLASSICA_6');
    expect(model).toMatchObject({ backbone: 'smallCnn', imageSize: 32, head: { type: 'mlp', dropout: 0 } });
    expect(training).toMatchObject({ epochs: 1, batchSize: 32, schedule: 'one-cycle', workers: 1 });
    const { code, stdout } = await run('evaluate small --dataset data --json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ name, images: 8 });
  });

  it('refuses what cannot be meant', async () => {
    await expectMistake(`${tiny} --out whole`, /whole holds a run already; continue it with --resume/);
    await expectMistake('train --out whole --resume --head mlp', /--head cannot be changed when resuming/);
    await expectMistake('train --out nothing --resume', /there is no run folder nothing/);
    await expectMistake('train --dataset nowhere --out x --image-size 32', /nowhere: there is no such folder/);
    writeFileSync(at('file'), '');
    await expectMistake('train --dataset data --out file/x', /is a file, not a folder/);
  });

  it('refuses a folder that another process trains in', async () => {
    cpSync(at('whole'), at('busy'), { recursive: true });
    writeFileSync(at('busy', 'training.lock'), `${process.pid}\n`);
    const message = new RegExp(`busy: process ${process.pid} is training in this folder`);
    await expectMistake('train --out busy --resume --epochs 4', message);
    await expectMistake(`${tiny} --out busy`, message);
  });

  it('a longer schedule is announced, and the data set of the run is named', async () => {
    cpSync(at('whole'), at('longer'), { recursive: true });
    const { code, stdout, stderr } = await run('train --out longer --resume --epochs 4');
    expect(stderr).toMatch(/cosine learning rate follows the new length of 4 epochs \(3 before\)/);
    expect(stdout).toMatch(/best is epoch \d, the lowest validation loss/);
    expect(stdout).toMatch(/Next: kanrecon evaluate longer --dataset \S*data\n/);
    expect(code).toBe(0);
  });

  it('a failed start leaves no empty folders behind', async () => {
    await expectMistake('train --dataset nowhere --out deep/er/run', /nowhere: there is no such folder/);
    expect(existsSync(at('deep'))).toBe(false);
  });

  it('refuses a run folder that is the data set or lies inside it', async () => {
    await expectMistake('train --dataset data --out data', /--out data is the data set/);
    await expectMistake('train --dataset data/ --out ./data/train/x', /lies inside the data set data/);
    symlinkSync(at('data'), at('link'));
    await expectMistake('train --dataset data --out link/run', /lies inside the data set data/);
    expect(
      readdirSync(at('data'))
        .filter((name) => name !== '.cache')
        .sort(),
    ).toEqual(['synthesis.json', 'test', 'train', 'val']);
  });

  it('stops with one sentence when the loss is no number any more', async () => {
    await expectMistake(
      'train --dataset data --out diverged --image-size 32 --epochs 1 --learning-rate 1e30 --schedule constant',
      /the loss became (NaN|-?Infinity) in epoch 1, step \d+; there is no good checkpoint yet, so delete \S+diverged or choose another --out, and train again with a lower --learning-rate/,
    );
    await expectMistake(
      'evaluate diverged --dataset data',
      /no best checkpoint yet.*delete the folder and train again/,
    );
  });
});

describe('identify', () => {
  it('says what images cannot tell, and writes it down', async () => {
    const { code, stdout } = await run('identify --draws 4 --size 48 --out told');
    expect(code).toBe(0);
    expect(stdout).toContain('twist_amp and twist_freq leave no trace');
    expect(stdout).toContain('(radius, height, wave_amp, 1/wave_freq) have one common factor that leaves no trace');
    expect(stdout).toMatch(/Best possible over all: R² 0\.53\d/);
    expect(json('told', 'identify.json').combinations).toHaveLength(3);
    expect(bytes('told', 'identify.svg').toString()).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  });

  it('takes the flags of synth; --json is one document', async () => {
    const { stdout } = await run('identify --pattern hue-wheel --camera fixed --draws 2 --size 32 --json');
    expect(JSON.parse(stdout)).toMatchObject({ invisible: [], laws: [], unexplained: 0, bestPossible: { r2: 1 } });
    await expectMistake('identify --surface sphere', /--surface takes one of spiral-cylinder/);
  });
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

  it('--json is one document on stdout', async () => {
    const { stdout } = await run('evaluate whole --dataset data --split val --json');
    expect(JSON.parse(stdout).scores.perParameter).toHaveLength(6);
  });

  it('names a broken label or image; skips it when told to', async () => {
    cpSync(at('data'), at('broken'), { recursive: true, filter: (path) => !path.endsWith('.cache') });
    const labels = at('broken', 'test', 'labels');
    const label = join(labels, readdirSync(labels)[0]!);
    const content = JSON.parse(readFileSync(label, 'utf8'));
    writeFileSync(label, JSON.stringify({ ...content, radius: undefined }));
    await expectMistake('evaluate whole --dataset broken', /param_.*\.json: .*"radius" is missing/);
    const image = readdirSync(at('broken', 'test', 'images')).at(-1)!;
    writeFileSync(at('broken', 'test', 'images', image), 'no image');
    const skipped = await run('evaluate whole --dataset broken --on-invalid skip --json');
    expect(skipped.code).toBe(0);
    expect(JSON.parse(skipped.stdout).images).toBe(6);
    expect(skipped.stderr).toContain(image);
  });

  it('names a damaged checkpoint', async () => {
    cpSync(at('whole'), at('damaged'), { recursive: true });
    writeFileSync(at('damaged', 'best', 'weights.bin'), 'short');
    await expectMistake('evaluate damaged --dataset data', /damaged.best cannot be used: .*truncated/);
  });
});

describe('predict', () => {
  const images = () => readdirSync(at('data', 'test', 'images')).map((name) => `data/test/images/${name}`);

  it.each(['glb', 'obj', 'stl'])('writes parameters, a %s mesh and a rendering', async (format) => {
    const [image] = images();
    const { code, stdout } = await run(`predict whole ${image} --out as-${format} --format ${format} --json`);
    expect(code).toBe(0);
    const name = image!.split('/').at(-1)!.replace('.png', '');
    expect(readdirSync(at(`as-${format}`)).sort()).toEqual([`${name}.${format}`, `${name}.json`, `${name}.png`].sort());
    const written = json(`as-${format}`, `${name}.json`);
    expect(JSON.parse(stdout).reconstructions[0]).toEqual(written);
    expect(written).toMatchObject({ camera_from: 'label', mesh: `${name}.${format}` });
    expect(written.real.radius).toBeGreaterThan(0.5);
    const { parameters } = written;
    expect(parameters.height).toBeGreaterThanOrEqual(1);
    expect(parameters.height).toBeLessThanOrEqual(3);
    const mesh = bytes(`as-${format}`, `${name}.${format}`);
    if (format === 'glb') expect(mesh.subarray(0, 4).toString()).toBe('glTF');
    if (format === 'stl') expect(mesh.readUInt32LE(80)).toBe((mesh.length - 84) / 50);
    if (format === 'obj') expect(mesh.toString().match(/^v /gm)).toHaveLength(201 * 201);
  });

  it('goes on after a corrupt image and ends with 2', async () => {
    writeFileSync(at('bad.png'), 'no image');
    const { code, stderr } = await run(`predict whole bad.png missing.png ${images()[0]} --out partly`);
    expect(code).toBe(2);
    expect(stderr).toMatch(/bad\.png: .*not an image/);
    expect(stderr).toMatch(/missing\.png: there is no such file/);
    expect(readdirSync(at('partly'))).toHaveLength(3);
  });

  it('does not overwrite the image it reads', async () => {
    const before = statSync(at(images()[0]!)).mtimeMs;
    await expectMistake(`predict whole ${images()[0]} --out data/test/images`, /would overwrite the image itself/);
    expect(statSync(at(images()[0]!)).mtimeMs).toBe(before);
  });
});

describe('backends', () => {
  it('measures a training step in a process of its own', async () => {
    const { code, stdout, stderr } = await run('backends --try wasm --json');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^wasm: [\d.]+ ms per image\n$/);
    const trial = JSON.parse(stdout);
    expect(trial).toMatchObject({ name: 'wasm', usable: true });
    expect(trial.description).toMatch(/^WebAssembly, (relaxed )?SIMD$/);
    expect(trial.millisecondsPerImage).toBeGreaterThan(0);
  });

  it('one that is not installed is refused with the way to get it', async () => {
    const { stdout } = await run('backends --try node-gpu --json');
    if (JSON.parse(stdout).usable) return; // installed on this machine
    await expectMistake(
      'evaluate whole --dataset data --backend node-gpu',
      /backend node-gpu: .*not installed; to get it: npm install/,
    );
    const line = 'evaluate whole --dataset data --backend node-gpu'.split(' ');
    const mistyped = await runProgram(line, folder, undefined, { KANRECON_TFJS_NODE: at('mistyped') });
    expect(mistyped.stderr).toMatch(/KANRECON_TFJS_NODE names the folder \S+mistyped, which does not exist/);
    expect(mistyped.code).toBe(2);
  });
});

describe('data of another look', () => {
  const cone = {
    name: 'my-cone',
    parameters: [
      { name: 'slope', min: 0.5, max: 2 },
      { name: 'length', min: 0.5, max: 1 },
    ],
    domain: { u: [0, '2 * pi'], v: [0, 'length'] },
    x: 'v * cos(u)',
    y: 'v * sin(u)',
    z: '-slope * v',
    closedU: true,
    poleVMin: true,
  };
  const small = '--shapes 10 --views 2 --size 48 --split .6,.2,.2 --workers 2';
  const short = '--image-size 32 --epochs 1 --batch-size 4 --augment rotate,color,hue';
  const imageOf = (data: string) => `${data}/test/images/${readdirSync(at(data, 'test', 'images'))[0]}`;

  it('observable: is trained on, scored beside a ceiling of 1, and drawn as it was', async () => {
    expect((await run(`synth --out observable --preset observable --noise 0..4 ${small}`)).code).toBe(0);
    expect((await run(`train --dataset observable --out seeing ${short}`)).code).toBe(0);
    const look = { preset: 'observable', surface: 'spiral-cylinder', overrides: { effects: { noise: [0, 4] } } };
    expect(json('seeing', 'config.json').look).toMatchObject(look);
    const { stdout } = await run('evaluate seeing --dataset observable --json');
    const evaluation = JSON.parse(stdout);
    expect(evaluation).toMatchObject({ preset: 'observable', bestPossible: { r2: 1 } });
    expect(evaluation.scores.visible).toHaveLength(6);
    const image = imageOf('observable');
    const predicted = await run(`predict seeing ${image} --out seen --json`);
    expect(predicted.code).toBe(0);
    const { rendering, parameters, camera_angles: angles } = JSON.parse(predicted.stdout).reconstructions[0];
    const preset = presetByName('observable');
    const radians = (degrees: number) => (degrees * Math.PI) / 180;
    const view = typicalView(preset, {
      x: radians(angles.x_angle),
      y: radians(angles.y_angle),
      z: radians(angles.z_angle),
    });
    const expected = renderView(preset, { parameters, baseColor: [0.5, 0.5, 0.5] }, view, { size: 512 }).image;
    const drawn = await readImage(at('seen', rendering));
    const sum = drawn.data.reduce((total, value, i) => total + Math.abs(value - expected.data[i]!), 0);
    expect(sum / drawn.data.length).toBeLessThan(0.1);
    // Another surface, another look.
    const other = await run('evaluate seeing --dataset data --json');
    expect(other.stderr).toMatch(/looks otherwise than what the run was trained on \(preset study, not observable\)/);
  });

  it('formulas: the whole way from a file to a mesh, with workers', async () => {
    writeFileSync(at('my-cone.json'), JSON.stringify(cone));
    expect((await run(`synth --out cones --surface my-cone.json --camera fixed ${small}`)).code).toBe(0);
    expect((await run(`train --dataset cones --out coned ${short} --workers 2`)).code).toBe(0);
    expect((await run('train --out coned --resume --epochs 2')).code).toBe(0);
    const { stdout } = await run('evaluate coned --dataset cones');
    for (const name of ['slope', 'length', 'all']) expect(stdout).toContain(name);
    expect(stdout).not.toMatch(/twist/);
    expect(stdout).toContain('Best possible: such images hide nothing');
    expect((await run(`predict coned ${imageOf('cones')} --out cone-found --format obj`)).code).toBe(0);
    await expectMistake(
      'evaluate coned --dataset data',
      /data shows objects of the surface "spiral-cylinder", not .*"my-cone"/,
    );
    await expectMistake('train --dataset data --out coned --resume --epochs 3', /"spiral-cylinder", not .*"my-cone"/);
  });

  it('refuses what cannot be drawn and what makes labels false', async () => {
    const line = `train --dataset observable --out never --image-size 32 --augment study`;
    await expectMistake(
      line,
      /--augment study would make labels false: a mirrored image .*use --augment rotate,color,hue/,
    );
    expect(existsSync(at('never'))).toBe(false);
    writeFileSync(at('evil.json'), JSON.stringify({ ...cone, x: 'process.exit(0)' }));
    await expectMistake('synth --out evil --surface evil.json', /evil\.json: x is wrong|evil\.json: .*process/);
    await expectMistake('synth --out x --surface pretzel', /--surface takes one of spiral-cylinder, .*got "pretzel"/);
    await expectMistake('synth --out x --pattern strips', /did you mean "stripes"/);
    await expectMistake('synth --out x --camera near', /--camera takes fitted, fixed or a distance/);
    await expectMistake('synth --out x --noise 6..2', /--noise takes a range a\.\.b of numbers from 0 to 255/);
    writeFileSync(at('options.json'), '{"light": {"warmth": [0, 1]}}');
    await expectMistake('synth --out x --options options.json', /options\.json: unknown field "light\.warmth"/);
    await expectMistake(
      'synth --out observable --preset fluted',
      /made by another recipe \(preset is "observable", not "fluted"/,
    );
  });

  it.skipIf(!existsSync('/proc/self'))('does not wait for a folder that cannot be made', async () => {
    await expectMistake('synth --out /proc/x', /\/proc\/x: no folder can be made there/);
    await expectMistake('train --dataset data --out /proc/x', /\/proc\/x: no folder can be made there/);
  });

  it('--options: a file as in synthesis.json, flags before it', async () => {
    writeFileSync(at('options.json'), '{"effects": {"noise": [3, 3], "blur": [1, 1]}, "background": [10, 20]}');
    const line = 'synth --out opted --shapes 1 --views 1 --size 32 --split 1,0,0 --workers 1 --options options.json';
    expect((await run(`${line} --noise 5 --light-tilt 30`)).code).toBe(0);
    const angle = Math.PI / 6;
    expect(json('opted', 'synthesis.json').overrides).toEqual({
      background: [10, 20],
      light: { tilt: [angle, angle], azimuth: [0, 2 * Math.PI] },
      effects: { blur: [1, 1], noise: [5, 5] },
    });
  });
});

describe('--json', () => {
  it('prints a mistake as JSON on stdout too', async () => {
    const { code, stdout, stderr } = await run('evaluate nowhere --dataset data --json');
    expect(code).toBe(2);
    const { error } = JSON.parse(stdout);
    expect(error).toEqual({ message: expect.stringContaining('there is no run folder nowhere'), exit_code: 2 });
    expect(stderr).toContain(error.message);
    const wrongFlag = await run('synth --out x --sizes 3 --json');
    expect(JSON.parse(wrongFlag.stdout).error.message).toMatch(/did you mean --size\?/);
    expect(wrongFlag.code).toBe(2);
  });
});

describe('help', () => {
  it.each(['demo', 'synth', 'train', 'evaluate', 'identify', 'predict', 'backends'])(
    'of %s has an example',
    async (command) => {
      const { code, stdout } = await run(`${command} --help`);
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`Examples:\\n  \\$ kanrecon ${command}`));
      expect(stdout).toContain('--json');
    },
  );
});
