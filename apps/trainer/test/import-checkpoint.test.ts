import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { archive, bytesOf, op } from '../../../packages/backbones/test/weights/torch-archive.js';
import { studyCheckpoint } from '../../../tests/study-checkpoint.js';
import { programFixture } from './program-fixture.js';

const { at, expectMistake, json, run, synthesize } = programFixture('import');

beforeAll(async () => {
  await synthesize();
  const file = studyCheckpoint();
  writeFileSync(at('SQUEEZENET_NODROP_CLASSICA_6_CilindroSpiralato_best.pt'), file);
  writeFileSync(at('weights.pt'), file);
  writeFileSync(at('text.pt'), 'no weights here');
});

describe('import-checkpoint', () => {
  it('makes a model that predict and evaluate take', async () => {
    const file = 'SQUEEZENET_NODROP_CLASSICA_6_CilindroSpiralato_best.pt';
    const imported = await run(`import-checkpoint ${file} --out models/mlp --image-size 32 --json`);
    expect(imported.stderr).not.toContain('--model says it');
    expect(imported.code).toBe(0);
    expect(JSON.parse(imported.stdout)).toMatchObject({
      name: 'SQUEEZENET_NODROP_CLASSICA_6',
      config: { backbone: 'squeezeNet11', head: { type: 'mlp', widths: [] }, imageSize: 32, mean: 0.485, std: 0.229 },
      parameters: { trainable: 722_496 + 3078 },
    });
    const evaluated = await run('evaluate models/mlp --dataset data --out evaluated --no-distances --json');
    expect(evaluated.stderr).not.toContain('[error]');
    expect(evaluated.code).toBe(0);
    expect(JSON.parse(evaluated.stdout)).toMatchObject({ name: 'SQUEEZENET_NODROP_CLASSICA_6', images: 8 });
    const { name } = json('evaluated', 'evaluation.json');
    expect(name).toBe('SQUEEZENET_NODROP_CLASSICA_6');
    const image = readFileSync(at('evaluated', 'predictions.csv'), 'utf8').split('\n').length;
    expect(image).toBeGreaterThan(8);
  });

  it('says what a file does not tell, and takes a name for it', async () => {
    const plain = await run('import-checkpoint weights.pt --out models/plain --image-size 32');
    expect(plain.code).toBe(0);
    expect(plain.stdout).toContain('SQUEEZENET_NODROP_CLASSICA_6: 725,574 numbers, written to models/plain');
    expect(plain.stderr).toContain('--model says it');
    const named = await run(
      'import-checkpoint weights.pt --model SQUEEZENET_LOCK_DROP25_CLASSICA_6 --out models/named --image-size 32 --json',
    );
    expect(named.code).toBe(0);
    expect(json('models', 'named', 'config.json').config).toMatchObject({
      trainBackbone: false,
      head: { dropout: 0.25 },
    });
  });

  it('is not needed to predict, to evaluate with a report, or to export: the file itself will do', async () => {
    const file = 'SQUEEZENET_NODROP_CLASSICA_6_CilindroSpiralato_best.pt';
    const evaluated = await run(`evaluate ${file} --dataset data --out of-file --no-distances --report --json`);
    expect([evaluated.code, evaluated.stderr]).toEqual([0, expect.not.stringContaining('[error]')]);
    expect(JSON.parse(evaluated.stdout)).toMatchObject({ name: 'SQUEEZENET_NODROP_CLASSICA_6', checkpoint: null });
    expect(readFileSync(at('of-file', 'report.html'), 'utf8')).toContain('squeezeNet11 at 224 × 224 pixels, head mlp');
    const [image] = readdirSync(at('data', 'test', 'images')).map((name) => `data/test/images/${name}`);
    const predicted = await run(`predict ${file} ${image} --out by-file --no-refine --no-mesh --json`);
    expect([predicted.code, JSON.parse(predicted.stdout).network]).toEqual([0, file]);
    expect((await run(`export ${file} --out again.safetensors --format safetensors`)).code).toBe(0);
    await expectMistake('predict text.pt data/test/images --out no', /text\.pt: the file is of no known kind/);
    await expectMistake('evaluate nowhere.pt --dataset data --out no', /there is no run folder nowhere\.pt/);
  });

  it('refuses what is none in a sentence', async () => {
    const hostile = bytesOf(op.proto, op.global('os', 'system'), op.mark, op.text('id'), op.tuple, op.reduce, op.stop);
    writeFileSync(at('hostile.pt'), archive(hostile));
    await expectMistake(
      'import-checkpoint hostile.pt --out models/no',
      /hostile\.pt: the checkpoint is not read: it asks for "os.system"/,
    );
    await expectMistake(
      'import-checkpoint text.pt --out models/no',
      /text\.pt: the file is of no known kind; expected safetensors/,
    );
    await expectMistake('import-checkpoint nowhere.pt --out models/no', /nowhere\.pt: there is no such file/);
    await expectMistake('import-checkpoint data --out models/no', /data: this is a folder; expected a file of weights/);
    await expectMistake('import-checkpoint weights.pt', /import-checkpoint needs --out/);
    await expectMistake('import-checkpoint weights.pt --out .', /--out \. holds .* already; choose a new folder/);
    await expectMistake('import-checkpoint weights.pt --out data', /--out data is the data set/);
    await expectMistake(
      'import-checkpoint weights.pt --model SQUEEZENET_NODROP_FOURIER_6 --out models/no',
      /is another network; expected a name for squeezeNet11, mlp, widths none, got one for squeezeNet11, fourierKAN/,
    );
    await expectMistake(
      'import-checkpoint weights.pt --model SQUEZENET_NODROP_FOURIER_6 --out models/no',
      /did you mean SQUEEZENET_/,
    );
  });
});
