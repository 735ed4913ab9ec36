import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import { createBackbone, pretrainedWeights, readWeights, saveSafetensors } from '@kanrecon/backbones';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { python, pythonHas } from '../../../packages/backbones/test/weights/python.js';
import { type FileServer, startFileServer } from '../../../tests/file-server.js';
import { programFixture } from './program-fixture.js';

// Training that begins with a backbone's weights from elsewhere, of the built program.
const { at, bytes, json, run, synthesize, ...fixture } = programFixture('pretrained');
const { path: lite0, file: lite0File } = pretrainedWeights('efficientNetLite0');
const train = 'train --dataset data --image-size 32 --epochs 1 --batch-size 8 --widths none --head mlp --dropout 0';
const imageNet = () =>
  `${train} --backbone efficientnet-lite0 --pretrained imagenet --weights-url ${server.url.replace('http', 'HTTP')}`;
const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
let server: FileServer;
let published: Buffer;

/** A user's mistake, and no run. */
async function expectMistake(line: string, message: RegExp) {
  await fixture.expectMistake(`${line} --out wrong`, message);
  expect(existsSync(at('wrong'))).toBe(false);
}

beforeAll(async () => {
  server = await startFileServer();
  const { model } = createBackbone('efficientNetLite0', { imageSize: 32, seed: 5 });
  published = Buffer.from(await saveSafetensors(model, { naming: 'timm' }));
  model.dispose();
  server.files.set(lite0, published);
  const squeeze = createBackbone('squeezeNet11', { imageSize: 32, seed: 6 });
  writeFileSync(at('mine.safetensors'), await saveSafetensors(squeeze));
  squeeze.model.dispose();
  await synthesize();
});
afterAll(() => server.close());

describe('--pretrained imagenet', () => {
  it('fetches the weights, trains on them, and needs them no more', async () => {
    const { code, stderr, stdout } = await run(`${imageNet().replace('epochs 1', 'epochs 2')} --out fine --json`, {
      stderr: 'epoch 1/2',
    });
    expect(stderr).toContain(`${lite0File} (timm, Apache-2.0): downloaded, no checksum of it is known.`);
    expect(stderr).toMatch(/Begun from timm-efficientnet_lite0\.\S+: 245 of 247 weights fit and are taken over\./);
    expect(stderr).toMatch(/Begun anew: head_0\/kernel \[1280, 6\], head_0\/bias \[6\]\./);
    expect(code).toBe(130);
    expect(stdout).not.toBe('');
    expect(json('fine', 'config.json')).toMatchObject({
      init: { name: lite0File, taken: 245, sha256: sha256(published) },
      experiment: { model: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } },
    });
    server.files.clear();
    rmSync(at('cache'), { recursive: true });
    const resumed = await run('train --out fine --resume --json');
    expect(resumed.code).toBe(0);
    expect(JSON.parse(resumed.stdout).init).toMatchObject({ sha256: sha256(published) });
  });

  it('takes what was fetched before, offline too; and says when it cannot be had', async () => {
    await expectMistake(imageNet(), /--pretrained imagenet: the server answers with 404 for timm-efficientnet/);
    const { stderr: missing } = await run(`${imageNet()} --offline --out wrong`);
    // Of a mirror, whose file nothing tells to be the publisher's.
    const kept = /(timm-\S+\.from-[0-9a-f]{16}\.safetensors) is not there/.exec(missing)![1]!;
    await expectMistake(
      `${imageNet()} --offline`,
      /is not there, and nothing may be fetched; give the command once without --offline, or put http:\S+ there\./,
    );
    server.files.set(lite0, Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n'));
    await expectMistake(imageNet(), /--pretrained imagenet: \S+ gives something else: this is a pointer of Git LFS/);
    expect(readdirSync(at('cache', 'weights'))).toEqual([]);
    writeFileSync(at('cache', 'weights', kept), published);
    const { code, stderr } = await run(`${imageNet()} --offline --out offline`);
    expect(stderr).toContain('from the cache');
    expect(code).toBe(0);
    await expectMistake(
      imageNet().replace('efficientnet-lite0', 'efficientnet'),
      /the server answers with 404 for efficientnet_b0_rwightman/,
    );
  });
});

it('--pretrained imagenet fetches nothing before every mistake is found that can be found without it', async () => {
  server.files.set(lite0, published);
  rmSync(at('cache'), { recursive: true, force: true });
  server.requests = [];
  mkdirSync(at('empty'));
  cpSync(at('data'), at('trainless'), { recursive: true });
  rmSync(at('trainless', 'train'), { recursive: true });
  cpSync(at('data'), at('spoiled'), { recursive: true });
  const [label] = readdirSync(at('spoiled', 'val', 'labels'));
  writeFileSync(at('spoiled', 'val', 'labels', label!), '{}');
  const of = (dataset: string) => imageNet().replace('--dataset data', `--dataset ${dataset}`);
  await expectMistake(of('empty'), /empty holds no data set/);
  await expectMistake(of('nowhere'), /cannot read the data set \S*nowhere/);
  await expectMistake(of('trainless'), /trainless has no folder "train"/);
  await expectMistake(of('spoiled'), /spoiled\S*\.json: the label's "radius" is missing/);
  await expectMistake(`${imageNet()} --bakend wasm`, /unknown option '--bakend'/);
  await expectMistake(`${imageNet()} --backend abacus`, /--backend takes one of/);
  await expectMistake(
    `${imageNet().replace(/--(backbone|widths|head|dropout) \S+ /g, '')} --model NO_SUCH`,
    /--model: the backbone in "NO_SUCH" is wrong/,
  );
  mkdirSync(at('occupied'));
  cpSync(at('data', 'train', 'labels', readdirSync(at('data', 'train', 'labels'))[0]!), at('occupied', 'config.json'));
  await fixture.expectMistake(`${imageNet()} --out occupied`, /occupied holds a run already/);
  expect(server.requests).toEqual([]);
  expect(existsSync(at('cache'))).toBe(false);
});

describe('--pretrained <file>', () => {
  it('of safetensors: a frozen backbone keeps it to the last bit', async () => {
    const model = '--model SQUEEZENET_LOCK_NODROP_CLASSICA_6';
    const line = `train --dataset data ${model} --image-size 32 --epochs 1 --batch-size 8`;
    const { code, stderr, stdout } = await run(`${line} --pretrained mine.safetensors --out own --json`);
    expect(stderr).not.toMatch(/random weights/);
    expect(code).toBe(0);
    const { init } = JSON.parse(stdout);
    expect(init).toMatchObject({
      name: 'mine.safetensors',
      taken: 50,
      sha256: sha256(readFileSync(at('mine.safetensors'))),
    });
    const { data } = readWeights(readFileSync(at('mine.safetensors')))['features.0.bias']!;
    const stored = bytes('own', 'last', 'weights.bin');
    expect(stored.includes(Buffer.from(Float32Array.from(data).buffer))).toBe(true);
    const without = await run(`${line} --out random`);
    expect(without.stderr).toMatch(/The backbone is frozen \(LOCK\) with random weights: --pretrained imagenet begins/);
  });

  it.skipIf(!pythonHas('torch', 'torchvision'))('of PyTorch, as torchvision saves it', async () => {
    const program = `
import sys, torch, torchvision
torch.manual_seed(1)
torch.save(torchvision.models.squeezenet1_1(weights=None).state_dict(), sys.argv[1])
torch.save({'model_state_dict': torchvision.models.mobilenet_v3_small(weights=None).state_dict()}, sys.argv[2])`;
    python(program, at('squeeze.pth'), at('mobile.pt'));
    const { code, stderr } = await run(`${train} --backbone squeezenet --pretrained squeeze.pth --out torch`);
    expect(stderr).toMatch(/Left there: classifier\.1\.weight \[1000, 512, 1, 1\], classifier\.1\.bias \[1000\]/);
    expect(code).toBe(0);
    expect((await run(`${train} --backbone mobilenet --pretrained mobile.pt --out mobile`)).code).toBe(0);
    await expectMistake(
      `${train} --backbone squeezenet --pretrained mobile.pt`,
      /--pretrained mobile\.pt: its weights are not those of squeezeNet11 \(missing: .* and \d+ more/,
    );
  });

  it('says what is wrong with it', async () => {
    writeFileSync(at('cut.safetensors'), readFileSync(at('mine.safetensors')).subarray(0, 100_000));
    writeFileSync(at('text.pt'), 'hello, this is no file of weights');
    const squeeze = `${train} --backbone squeezenet`;
    await expectMistake(
      `${squeeze} --pretrained nowhere.pt`,
      /--pretrained nowhere\.pt: there is no such file; expected imagenet or a file/,
    );
    await expectMistake(
      `${squeeze} --pretrained data`,
      /--pretrained data is a folder; .* --init-from begins from a run or a model/,
    );
    await expectMistake(`${squeeze} --pretrained cut.safetensors`, /--pretrained cut\.safetensors: \S+.*\d/);
    await expectMistake(
      `${squeeze} --pretrained text.pt`,
      /--pretrained text\.pt: the file is of no known kind; expected safetensors or/,
    );
    await expectMistake(
      `${train} --backbone squeezenet-1.0 --pretrained mine.safetensors`,
      /are not those of squeezeNet10 \(/,
    );
    await expectMistake(
      `${train} --backbone small --pretrained mine.safetensors`,
      /no weights of the small CNN from elsewhere; give another --backbone \(squeezenet, .*, or --init-from/,
    );
    await expectMistake(
      `${squeeze} --pretrained mine.safetensors --init-from own`,
      /--pretrained and --init-from both say/,
    );
    await expectMistake(
      `${squeeze} --pretrained mine.safetensors --offline`,
      /--offline goes with --pretrained imagenet only/,
    );
    await expectMistake(`${squeeze} --pretrained imagenet --weights-url mirror`, /--weights-url takes an address/);
    await expectMistake(
      `${squeeze} --pretrained imagenet --weights-url HTTP://127.0.0.1:1/?token=1`,
      /--weights-url takes an address without \? and #/,
    );
    const { code, stderr } = await run('train --out own --resume --pretrained mine.safetensors');
    expect(stderr).toMatch(/--pretrained cannot be changed when resuming/);
    expect(code).toBe(2);
  });
});
