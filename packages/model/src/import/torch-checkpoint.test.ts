import { readFileSync, writeFileSync } from 'node:fs';
import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import { formulaImage } from '../../../backbones/test/formula-weights.js';
import { python, pythonHas } from '../../../backbones/test/weights/python.js';
import { spiralTargets } from '../../test/spiral-targets.js';
import { useWasmTraining } from '../../test/use-wasm-training.js';
import { toSafetensors } from '../export/to-safetensors.js';
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

/** Holds an exported file against the checkpoint in Python; the backbone's names only where they are torchvision's in both. */
const compareProgram = `
import sys, torch
from safetensors.torch import load_file
expected = torch.load(sys.argv[1] + "/study.pt")["model_state_dict"]
exported = load_file(sys.argv[1] + "/exported.safetensors")
start = "" if sys.argv[2] == "all" else "fc"
names = {name for name in expected if name.startswith(start) and not name.endswith("num_batches_tracked")}
assert names == {name for name in exported if name.startswith(start)}, names ^ set(exported)
assert any(name.startswith("fc1.") for name in names)
for name in names:
    assert exported[name].dtype == torch.float32 and exported[name].shape == expected[name].shape, name
    torch.testing.assert_close(exported[name], expected[name], rtol=1e-6, atol=1e-6)
print(len(names))
`;

describe.runIf(pythonHas('torch', 'torchvision', 'safetensors'))('what is exported again', () => {
  it.each([
    ['squeezenet1_1', 'mlp', [16, 6]],
    ['squeezenet1_1', 'fourierKAN', [6]],
    ['efficientnet_b0', 'efficientKAN', [6]],
    ['efficientnet_b0', 'fastKAN', [6]],
  ] as const)('has the names and numbers of the checkpoint: %s, %s', async (backbone, kind, units) => {
    const folder = temporaryFolder();
    writeFileSync(`${folder}/image.json`, JSON.stringify(Array.from(formulaImage([2, 3, 64, 64]))));
    const names = (timm[backbone] ?? []).filter((one) => !one.startsWith('classifier.'));
    python(program, folder, kind, backbone, JSON.stringify(units), JSON.stringify(names));
    const bytes = readFileSync(`${folder}/study.pt`);
    const reconstructor = importCheckpoint(bytes, { targets: spiralTargets, imageSize: 64 });
    writeFileSync(`${folder}/exported.safetensors`, await toSafetensors(reconstructor));
    const compared = python(compareProgram, folder, names.length > 0 ? 'head' : 'all');
    expect(Number(compared)).toBeGreaterThan(kind === 'mlp' ? 50 : 3);
    reconstructor.dispose();
  });
});
