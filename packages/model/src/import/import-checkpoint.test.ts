import { readFileSync } from 'node:fs';
import { type TorchTensor, torchWeightNames, WeightMismatchError } from '@kanrecon/backbones';
import { memory, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { formulaImage, formulaStateDict, readGolden } from '../../../backbones/test/formula-weights.js';
import { writeCheckpoint } from '../../../backbones/test/weights/write-checkpoint.js';
import { type HeadTensors, referenceLayers } from '../../test/reference-heads.js';
import { spiralTargets } from '../../test/spiral-targets.js';
import { headTensors } from '../../test/study-checkpoint.js';
import { useWasmTraining } from '../../test/use-wasm-training.js';
import { createReconstructor } from '../network/create-reconstructor.js';
import type { Reconstructor } from '../network/reconstructor.js';
import { importCheckpoint } from './import-checkpoint.js';

beforeAll(useWasmTraining);

type Kind = keyof typeof referenceLayers;
type Backbone = 'squeezeNet11' | 'efficientNetB0';

const timm = JSON.parse(
  readFileSync(new URL('../../../backbones/test/golden/weights/timm-names.json', import.meta.url), 'utf8'),
) as Record<string, string[]>;

/** Tensors as the study names them: timm's names for EfficientNet, torchvision's for SqueezeNet. */
function studyTensors(backbone: Backbone, kind: Kind, units: readonly number[]): Record<string, TorchTensor> {
  const stateDict = formulaStateDict(readGolden(backbone));
  const ours = Object.keys(stateDict).filter((name) => !name.endsWith('num_batches_tracked'));
  const theirs = (timm['efficientnet_b0'] as string[]).filter((one) => !/^classifier|num_batches_tracked$/.test(one));
  const names = backbone === 'squeezeNet11' ? ours : theirs;
  const features = backbone === 'squeezeNet11' ? 512 : 1280;
  const head = units.flatMap((count, index) => {
    const layer = headTensors(kind, `fc${index + 1}`, [units[index - 1] ?? features, count]);
    return Object.entries(layer).map(([name, one]) => [`fc${index + 1}.${name}`, one] as const);
  });
  return Object.fromEntries([...ours.map((name, i) => [`backbone.${names[i]}`, stateDict[name]!] as const), ...head]);
}

/** The head's output for the golden features of that backbone, computed from its definition. */
function expected(backbone: Backbone, kind: Kind, units: readonly number[]): number[] {
  const { shape, data } = readGolden(backbone).eval.pooled;
  const features = shape[1]!;
  return [0, 1].flatMap((row) =>
    units.reduce(
      (x, count, index) => {
        const out = referenceLayers[kind](x, headTensors(kind, `fc${index + 1}`, [x.length, count]));
        return kind === 'mlp' && index < units.length - 1 ? out.map((value) => Math.max(0, value)) : out;
      },
      data.slice(row * features, (row + 1) * features),
    ),
  );
}

function outputs({ model }: Reconstructor): number[] {
  const image = tensor(formulaImage([2, 3, 64, 64]), [2, 64, 64, 3]);
  const out = tidy(() => [...(model.predict(image) as Tensor).dataSync()]);
  image.dispose();
  return out;
}

describe('the layers that it is held against', () => {
  it.each([
    ['fourierKAN', 'fourier-kaf-plain'],
    ['efficientKAN', 'efficient-kan-v0'],
    ['efficientKAN', 'efficient-kan-v1'],
    ['fastKAN', 'fastkan-plain'],
  ] as const)("are PyTorch's: %s", (kind, name) => {
    for (const file of [`${name}-0`, `${name}-1`]) {
      const url = new URL(`../../../kan-layers/test/golden/${file}.json`, import.meta.url);
      const { input, output, weights, buffers } = JSON.parse(readFileSync(url, 'utf8'));
      const [rows, inputs] = input.shape as [number, number];
      const got = Array.from({ length: rows }, (_, row) =>
        referenceLayers[kind](input.data.slice(row * inputs, (row + 1) * inputs), {
          ...weights,
          ...buffers,
        } as HeadTensors),
      ).flat();
      const scale = Math.max(...output.data.map(Math.abs));
      got.forEach((value, i) => {
        expect(Math.abs(value - output.data[i]) / scale).toBeLessThan(1e-5);
      });
    }
  });
});

describe('a checkpoint of the study', () => {
  it.each([
    ['efficientNetB0', 'fourierKAN', [6], 'EFFNETB0_UNLOCK_DROP_FOURIER_6'],
    ['efficientNetB0', 'efficientKAN', [6], 'EFFNETB0_UNLOCK_DROP_EFFK_6'],
    ['efficientNetB0', 'fastKAN', [16, 6], 'EFFNETB0_UNLOCK_NODROP_FSTK_16'],
    ['squeezeNet11', 'mlp', [256, 128, 64, 32, 6], 'SQUEEZENET_DROP4_CLASSICA_DROP_256'],
    ['squeezeNet11', 'fourierKAN', [256, 128, 64, 32, 6], 'SQUEEZENET_DROP4_FOURIER_DROP_256'],
  ] as const)('becomes the same network: %s, %s, %j', (backbone, kind, units, name) => {
    const before = memory().numTensors;
    const file = writeCheckpoint(studyTensors(backbone, kind, units), 'model_state_dict');
    const reconstructor = importCheckpoint(file, { targets: spiralTargets, name, imageSize: 64 });
    expect(reconstructor.name).toBe(name);
    expect(reconstructor.config).toMatchObject({ backbone, mean: 0.485, std: 0.229, trainBackbone: true });
    const wanted = expected(backbone, kind, units);
    const scale = Math.max(...wanted.map(Math.abs));
    const got = outputs(reconstructor);
    expect(got).toHaveLength(12);
    got.forEach((value, i) => {
      expect(Math.abs(value - wanted[i]!) / scale).toBeLessThan(1e-4);
    });
    reconstructor.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('needs no name, may come from several processors, and has the study’s size and its way there', () => {
    const tensors = Object.entries(studyTensors('squeezeNet11', 'mlp', [6]));
    const wrapped = Object.fromEntries(tensors.map(([name, one]) => [`module.${name}`, one]));
    const reconstructor = importCheckpoint(wrapped, { targets: spiralTargets, card: { scores: { r2: 0.5 } } });
    expect(reconstructor.name).toBe('SQUEEZENET_NODROP_CLASSICA_6');
    expect(reconstructor.config.imageSize).toBe(224);
    expect(reconstructor.config.fit).toMatchObject({ filter: 'bilinear', padding: 'squash' });
    expect(reconstructor.card).toEqual({ scores: { r2: 0.5 } });
    reconstructor.dispose();
  });
});

describe('one of several state dicts', () => {
  it('is the one that is named', () => {
    const file = writeCheckpoint(studyTensors('squeezeNet11', 'mlp', [6]), 'net');
    const read = (stateDict?: string) => importCheckpoint(file, { targets: spiralTargets, imageSize: 64, stateDict });
    expect(() => read()).toThrow('expected the option stateDict, one of "net"');
    expect(() => read('ema')).toThrow('it has no state dict "ema"; expected one of "net"');
    const reconstructor = read('net');
    expect(reconstructor.name).toBe('SQUEEZENET_NODROP_CLASSICA_6');
    reconstructor.dispose();
    const tensors = studyTensors('squeezeNet11', 'mlp', [6]);
    expect(() => importCheckpoint(tensors, { targets: spiralTargets, stateDict: 'net' })).toThrow(
      'stateDict is for the bytes of a PyTorch checkpoint',
    );
  });
});

describe('what is no such checkpoint', () => {
  const good = () => studyTensors('squeezeNet11', 'mlp', [16, 6]);
  const read =
    (tensors: Record<string, TorchTensor>, more = {}) =>
    () =>
      importCheckpoint(tensors, { targets: spiralTargets, imageSize: 64, ...more });
  const without = (tensors: Record<string, TorchTensor>, ...names: string[]) =>
    Object.fromEntries(Object.entries(tensors).filter(([name]) => !names.includes(name)));

  it('is refused in a sentence, and leaves nothing behind', () => {
    const tensors = good();
    const one = { shape: [1], data: [1] };
    const before = memory().numTensors;
    expect(read(without(tensors, 'backbone.features.3.squeeze.bias'))).toThrow(
      'loadWeights: the weights do not fit: backbone.features.3.squeeze.bias is missing',
    );
    expect(read(without(tensors, 'backbone.features.3.squeeze.bias'))).toThrow(WeightMismatchError);
    expect(read({ ...tensors, 'decoder.weight': one })).toThrow(
      'importCheckpoint: decoder.weight belongs neither to the backbone (backbone.…) nor to the head (fc1.…, fc2.…)',
    );
    expect(read(without(tensors, 'fc1.weight', 'fc1.bias'))).toThrow(
      'expected layers fc1, fc2, … without a gap, got fc2',
    );
    expect(read(without(tensors, 'fc2.weight', 'fc2.bias'))).toThrow('the network has 16 outputs; expected 6');
    expect(read(without(tensors, 'fc2.bias'))).toThrow('fc2 does not fit: expected weight and bias, got weight');
    expect(read({ ...tensors, 'fc2.bias': one })).toThrow('fc2 does not fit: weight has the shape [6,16] and bias [1]');
    expect(read({ ...tensors, 'fc2.weight': { shape: [6, 12], data: [] } })).toThrow(
      'fc2 takes 12 numbers; fc1 gives 16',
    );
    expect(read({ ...tensors, 'fc1.grid': one })).toThrow(
      'fc1 does not fit: expected weight and bias, got bias, grid, weight',
    );
    const { data } = tensors['fc1.weight']!;
    const damaged = { shape: [16, 512], data: Float32Array.from(data, (value, i) => (i === 9 ? Number.NaN : value)) };
    expect(read({ ...tensors, 'fc1.weight': damaged })).toThrow(
      'weight: expected finite numbers of single precision, got NaN',
    );
    expect(read(studyTensors('squeezeNet11', 'mlp', [6]), { targets: spiralTargets.slice(1) })).toThrow(
      'expected 5, one for',
    );
    expect(memory().numTensors).toBe(before);
  });

  it('is one with a tensor called __proto__, no source, or timm’s MobileNet', () => {
    const named = Object.fromEntries([...Object.entries(good()), ['fc1.__proto__', { shape: [1], data: [1] }]]);
    expect(read(named)).toThrow('fc1 does not fit: expected weight and bias, got __proto__, bias, weight');
    expect(read(null as never)).toThrow('importCheckpoint: the source is wrong; expected the bytes of a file');
    const stateDict = formulaStateDict(readGolden('mobileNetV3Small'));
    const ours = Object.keys(stateDict).filter((one) => !one.endsWith('num_batches_tracked'));
    const isFeature = (one: string) => !/^classifier|num_batches_tracked$|^conv_head/.test(one);
    const theirs = (timm['mobilenetv3_small_100'] as string[]).filter(isFeature);
    expect(theirs).toHaveLength(ours.length);
    const head = headTensors('mlp', 'fc1', [576, 6]);
    const tensors = Object.fromEntries([
      ...ours.map((one, i) => [`backbone.${theirs[i]}`, stateDict[one]!] as const),
      ...Object.entries(head).map(([one, value]) => [`fc1.${one}`, value] as const),
    ]) as Record<string, TorchTensor>;
    const before = memory().numTensors;
    expect(read(tensors)).toThrow("importCheckpoint: its backbone is timm's MobileNet, whose batch norms have another");
    expect(memory().numTensors).toBe(before);
  });

  it('is one of another network than its name says', () => {
    expect(read(good(), { name: 'SQUEEZENET_NODROP_CLASSICA_8' })).toThrow(
      'SQUEEZENET_NODROP_CLASSICA_8 is another network; expected a name for squeezeNet11, mlp, widths 16, got one for squeezeNet11, mlp, widths 8',
    );
  });

  it('is one with knots that do not rise', () => {
    const tensors = studyTensors('squeezeNet11', 'efficientKAN', [6]);
    const grid = tensors['fc1.grid']!;
    const data = Float32Array.from(grid.data, (value, i) => (i === 5 ? -9 : value));
    expect(read({ ...tensors, 'fc1.grid': { ...grid, data } })).toThrow(
      'fc1 does not fit: grid: expected knots that rise',
    );
  });

  it('is not a model of ours, whose weights are in its own format', () => {
    const reconstructor = createReconstructor({ targets: spiralTargets, imageSize: 64 });
    expect(torchWeightNames(reconstructor.model).length).toBe(50);
    expect(read({})).toThrow('expected layers fc1, fc2, … without a gap, got none');
    reconstructor.dispose();
  });
});
