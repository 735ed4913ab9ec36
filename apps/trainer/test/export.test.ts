import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectEqual } from '../../../packages/onnx/test/compare.js';
import { formulaPixels, onnxImages } from '../../../packages/onnx/test/formula-pixels.js';
import { metadataOf } from '../../../packages/onnx/test/read-proto.js';
import { runOnnx } from '../../../packages/onnx/test/run-onnx.js';
import { programFixture } from './program-fixture.js';
import { runProgram } from './run-program.js';

const { at, bytes, expectMistake, folder, json, run, synthesize, train } = programFixture('export');

beforeAll(async () => {
  await synthesize();
  await train('run');
});

describe('export', () => {
  it('of a run is an ONNX file that says what predict says', async () => {
    const { code, stdout } = await run('export run --out made/run.onnx');
    expect(code).toBe(0);
    expect(stdout).toContain('Input image: float32 [batch, 3, 32, 32]');
    // What predict says of an image of the network's own size, which nothing is resized for.
    const pixels = formulaPixels(1, 32);
    await sharp(pixels, { raw: { width: 32, height: 32, channels: 3 } }).toFile(at('image.png'));
    const predicted = await run('predict run image.png --out predicted --no-mesh --no-refine --json');
    expect(predicted.code).toBe(0);
    const { parameters } = json('predicted', 'image.json');
    const outputs = await runOnnx(bytes('made', 'run.onnx'), { image: onnxImages(pixels, 32) });
    const targets = JSON.parse(metadataOf(bytes('made', 'run.onnx'))['kanrecon.targets']!);
    expectEqual(
      outputs['parameters']!.data,
      targets.map(({ name }: { name: string }) => parameters[name]),
    );
  });

  it('as safetensors comes back as the same model', async () => {
    expect((await run('export study --format safetensors --out study.safetensors')).code).toBe(0);
    const imported = await run('import-checkpoint study.safetensors --out models/study --json');
    expect(imported.code).toBe(0);
    expect(JSON.parse(imported.stdout)).toMatchObject({ parameters: { total: 449_474 }, config: { imageSize: 64 } });
    expect((await run('export models/study --format safetensors --out again.safetensors')).code).toBe(0);
    const licence = ',"kanrecon.licence":"MIT"';
    const text = (file: string) => bytes(file).toString('latin1');
    const start = (file: string) => 8 + bytes(file).readUInt32LE(0);
    expect(text('study.safetensors').slice(start('study.safetensors'))).toBe(
      text('again.safetensors').slice(start('again.safetensors')),
    );
    expect(text('study.safetensors')).toContain(licence);
    expect(text('again.safetensors')).not.toContain('kanrecon.licence');
    await expectMistake(
      'import-checkpoint study.safetensors --out models/other --model SQUEEZENET_NODROP_FOURIER_6',
      /study\.safetensors says itself which network it is and what its images are; leave --model out/,
    );
  });

  it('as a layers model is a folder, an empty one that is there too', async () => {
    mkdirSync(at('web'));
    const { code, stdout } = await run('export observable --format tfjs --out web --json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ format: 'tfjs', files: ['web/model.json', 'web/weights.bin'] });
    const { weightsManifest, userDefinedMetadata } = json('web', 'model.json');
    expect(weightsManifest[0].paths).toEqual(['weights.bin']);
    expect(userDefinedMetadata['kanrecon.licence']).toBe('MIT');
    expect(bytes('web', 'weights.bin')).toHaveLength(4 * 461_766);
  });

  it('refuses in a sentence, and replaces nothing', async () => {
    writeFileSync(at('mine.onnx'), 'mine');
    await expectMistake('export study --out mine.onnx', /--out mine\.onnx is there already; choose another path/);
    expect(bytes('mine.onnx').toString()).toBe('mine');
    await expectMistake('export study --out there/', /--out there\/ names a folder; give a file/);
    await expectMistake('export study --format tfjs --out .', /--out \. is the folder that you are in; give a new one/);
    await expectMistake('export study', /export needs --out/);
    await expectMistake('export study --out run', /--out run is a folder; give a file/);
    await expectMistake('export study --format tfjs --out run', /--out run holds .* already; choose a new folder/);
    await expectMistake('export study --out a.safetensors', /give --format safetensors, or another --out/);
    await expectMistake('export study --format onx --out a.onnx', /did you mean "onnx"/);
    await expectMistake('export stdy --out a.onnx', /neither a folder here nor a shipped model.*did you mean study/);
    await expectMistake('export nowhere/run --out a.onnx', /there is no run folder nowhere\/run/);
    await expectMistake('export study --checkpoint last --out a.onnx', /leave --checkpoint out/);
    await expectMistake('export study --out run/best/a.onnx', /lies inside the checkpoint/);
    await expectMistake('export study --out mine.onnx/a.onnx', /mine\.onnx/);
    expect(existsSync(at('a.onnx'))).toBe(false);
  });

  it('leaves nothing behind on a full disk', async () => {
    const full = fileURLToPath(new URL('full-disk.mjs', import.meta.url));
    const environment = { NODE_OPTIONS: `--import ${full}`, FULL_AT: 'overfull' };
    for (const words of ['--out overfull.onnx', '--format tfjs --out overfull']) {
      const { code, stderr } = await runProgram(`export study ${words}`.split(' '), folder, undefined, environment);
      expect(stderr).toMatch(/overfull(\.onnx)?: the disk is full; free some space/);
      expect(code).toBe(2);
    }
    expect(readdirSync(folder).filter((name) => name.includes('overfull'))).toEqual([]);
  });
});
