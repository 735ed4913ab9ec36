import { readFileSync, writeFileSync } from 'node:fs';
import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import { formulaImage } from '../../../backbones/test/formula-weights.js';
import { python, pythonHas } from '../../../backbones/test/weights/python.js';
import { spiralTargets } from '../../test/spiral-targets.js';
import { useWasmTraining } from '../../test/use-wasm-training.js';
import { importCheckpoint } from './import-checkpoint.js';

beforeAll(useWasmTraining);

const program = readFileSync(new URL('../../test/study-network.py', import.meta.url), 'utf8');
const timm = JSON.parse(
  readFileSync(new URL('../../../backbones/test/golden/weights/timm-names.json', import.meta.url), 'utf8'),
) as Record<string, string[]>;

describe.runIf(pythonHas('torch', 'torchvision'))("a checkpoint that PyTorch wrote under the study's names", () => {
  it.each([
    ['squeezenet1_1', 'mlp', [256, 128, 64, 32, 6], 'SQUEEZENET_NODROP_CLASSICA_256'],
    ['squeezenet1_1', 'fourierKAN', [6], 'SQUEEZENET_NODROP_FOURIER_6'],
    ['efficientnet_b0', 'fourierKAN', [6], 'EFFNETB0_UNLOCK_NODROP_FOURIER_6'],
    ['efficientnet_b0', 'efficientKAN', [16, 6], 'EFFNETB0_UNLOCK_NODROP_EFFK_16'],
    ['efficientnet_b0', 'fastKAN', [6], 'EFFNETB0_UNLOCK_NODROP_FSTK_6'],
  ] as const)('says the same here: %s, %s, %j', (backbone, kind, units, name) => {
    const folder = temporaryFolder();
    const image = Array.from(formulaImage([2, 3, 64, 64]), (value) => Number(value.toFixed(4)));
    const names = (timm[backbone] ?? []).filter((one) => !one.startsWith('classifier.'));
    writeFileSync(`${folder}/image.json`, JSON.stringify(image));
    const printed = python(program, folder, kind, backbone, JSON.stringify(units), JSON.stringify(names));
    const expected = JSON.parse(printed) as number[];
    const reconstructor = importCheckpoint(readFileSync(`${folder}/study.pt`), {
      targets: spiralTargets,
      imageSize: 64,
    });
    expect(reconstructor.name).toBe(name);
    const input = tensor(image, [2, 64, 64, 3]);
    const got = tidy(() => [...(reconstructor.model.predict(input) as Tensor).dataSync()]);
    const scale = Math.max(...expected.map(Math.abs));
    expect(got).toHaveLength(12);
    got.forEach((value, i) => {
      expect(Math.abs(value - expected[i]!) / scale).toBeLessThan(1e-4);
    });
    input.dispose();
    reconstructor.dispose();
  });
});
