import { readFileSync } from 'node:fs';
import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import { backboneByName, loadWeights, readTorchCheckpoint, readWeights, torchWeightNames } from '../../src/index.js';
import { useBackend } from '../backends.js';
import { formulaImage } from '../formula-weights.js';
import { relativeError } from './loading.js';
import { python, pythonHas } from './python.js';

beforeAll(() => useBackend('wasm'));

let model: LayersModel | undefined;
afterEach(() => {
  model?.dispose();
  model = undefined;
});

describe.runIf(pythonHas('torch', 'torchvision', 'timm'))('what timm saves', () => {
  it.each(['efficientNetB0', 'efficientNetB2', 'efficientNetLite0', 'mobileNetV3Small'] as const)(
    'gives the same features here: %s',
    async (name) => {
      const folder = temporaryFolder();
      const { timmName, create } = backboneByName(name);
      const head =
        name === 'mobileNetV3Small' ? 'net.blocks(net.bn1(net.conv_stem(image)))' : 'net.forward_features(image)';
      const program = `
import sys, json, torch, timm
torch.manual_seed(3)
net = timm.create_model('${timmName}').eval()
torch.save({'model_state_dict': {'backbone.' + k: v for k, v in net.state_dict().items()}}, sys.argv[1] + '/weights.pt')
image = torch.tensor(json.loads(sys.argv[2])).reshape(1, 64, 64, 3).permute(0, 3, 1, 2)
print(json.dumps(${head}.mean((2, 3)).flatten().tolist()))`;
      const image = Array.from(formulaImage([1, 3, 64, 64]), (value) => Number(value.toFixed(5)));
      const expected = JSON.parse(python(program, folder, JSON.stringify(image)));
      model = create({ imageSize: 64, batchNormEpsilon: 1e-5 });
      expect(loadWeights(model, readFileSync(`${folder}/weights.pt`)).naming).toBe('timm');
      const input = tensor(image, [1, 64, 64, 3]);
      const actual = tidy(() => [...((model as LayersModel).predict(input) as Tensor).dataSync()]);
      input.dispose();
      expect(relativeError(actual, expected)).toBeLessThan(1e-5);
    },
  );
});

describe.runIf(pythonHas('torch', 'torchvision'))('what torchvision saves', () => {
  it.each([
    ['squeezeNet11', 'squeezenet1_1'],
    ['efficientNetB0', 'efficientnet_b0'],
  ] as const)('gives the same features here: %s', async (name, torchName) => {
    const folder = temporaryFolder();
    const program = `
import sys, json, torch, torchvision
torch.manual_seed(3)
net = torchvision.models.${torchName}().eval()
torch.save(net.state_dict(), sys.argv[1] + '/zip.pt')
torch.save({'epoch': 1, 'state_dict': net.state_dict()}, sys.argv[1] + '/legacy.pt', _use_new_zipfile_serialization=False)
image = torch.tensor(json.loads(sys.argv[2])).reshape(1, 64, 64, 3).permute(0, 3, 1, 2)
print(json.dumps(net.features(image).mean((2, 3)).flatten().tolist()))`;
    const image = [...formulaImage([1, 3, 64, 64])];
    const expected = JSON.parse(python(program, folder, JSON.stringify(image.map((v) => Number(v.toFixed(5))))));
    const input = tensor(
      image.map((v) => Number(v.toFixed(5))),
      [1, 64, 64, 3],
    );
    for (const file of ['zip.pt', 'legacy.pt']) {
      model = backboneByName(name).create({ imageSize: 64 });
      const { loaded, naming } = loadWeights(model, readFileSync(`${folder}/${file}`));
      expect([loaded, naming]).toEqual([torchWeightNames(model).length, 'torchvision']);
      const actual = tidy(() => [...((model as LayersModel).predict(input) as Tensor).dataSync()]);
      expect(relativeError(actual, expected)).toBeLessThan(1e-5);
      model.dispose();
    }
    input.dispose();
    model = undefined;
  });
});

describe.runIf(pythonHas('torch'))('what torch saves', () => {
  it('of expanded tensors is read to the last number, of other protocols and pickles refused in words', () => {
    const folder = temporaryFolder();
    const program = `
import sys, json, torch
one = torch.arange(6, dtype=torch.float32)
state = {
  'row': one.expand(4, 6), 'column': one.reshape(6, 1).expand(6, 3), 'constant': torch.tensor(0.5).expand(2, 3, 2),
  'middle': one.reshape(2, 1, 3).expand(2, 5, 3), 'windows': one.unfold(0, 3, 1), 'half': one.half()[2:4].reshape(2, 1).expand(2, 4),
}
torch.save(state, sys.argv[1] + '/zip.pt')
torch.save(state, sys.argv[1] + '/legacy.pt', _use_new_zipfile_serialization=False)
for protocol in (0, 1):
    torch.save(state, f'{sys.argv[1]}/zip-{protocol}.pt', pickle_protocol=protocol)
    torch.save(state, f'{sys.argv[1]}/legacy-{protocol}.pt', pickle_protocol=protocol, _use_new_zipfile_serialization=False)
average = {name: value + 1 for name, value in state.items()}
torch.save({'model_state_dict': state, 'ema': {'decay': 0.99, 'shadow': average}}, sys.argv[1] + '/average.pt')
print(json.dumps({name: [list(value.shape), value.flatten().tolist()] for name, value in state.items()}))`;
    const expected = JSON.parse(python(program, folder)) as Record<string, [number[], number[]]>;
    const read = (file: string, stateDict?: string) =>
      Object.fromEntries(
        Object.entries(readTorchCheckpoint(readFileSync(`${folder}/${file}`), { stateDict })).map(
          ([name, { shape, data }]) => [name, [[...shape], Array.from(data)]],
        ),
      );
    expect(read('zip.pt')).toEqual(expected);
    expect(read('legacy.pt')).toEqual(expected);
    for (const protocol of [0, 1]) {
      for (const kind of ['zip', 'legacy']) {
        expect(() => readWeights(readFileSync(`${folder}/${kind}-${protocol}.pt`)), `${kind} ${protocol}`).toThrow(
          /protocol 0 or 1.*save it anew/,
        );
      }
    }
    expect(() => read('average.pt')).toThrow('one of "model_state_dict", "ema.shadow"');
    expect(read('average.pt', 'model_state_dict')).toEqual(expected);
    expect(read('average.pt', 'ema.shadow')['constant']).toEqual([[2, 3, 2], Array(12).fill(1.5)]);
  });
});
