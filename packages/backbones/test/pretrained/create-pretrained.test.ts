import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { memory, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type FileServer, startFileServer } from '../../../../tests/file-server.js';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import { createBackbone, imageNetNormalization, type PretrainedWeights, saveSafetensors } from '../../src/index.js';
import { normEpsilon } from '../../src/internal/norm-epsilon.js';
import { createPretrained } from '../../src/node.js';
import { python, pythonHas } from '../weights/python.js';

/** Checksum and size of the files that the tests serve in place of the published ones, by name. */
const served = vi.hoisted(() => new Map<string, { sha256: string; size: number }>());
vi.mock(import('../../src/pretrained/pretrained-weights.js'), async (original) => {
  const real = await original();
  const pretrainedWeights: typeof real.pretrainedWeights = (...args) => {
    const row: PretrainedWeights = real.pretrainedWeights(...args);
    return { ...row, ...served.get(row.file) };
  };
  return { ...real, pretrainedWeights };
});

let server: FileServer;
const cacheFolder = temporaryFolder();
beforeAll(async () => {
  server = await startFileServer();
});
afterAll(() => server.close());

function serve(path: string, bytes: Uint8Array): void {
  server.files.set(path, Buffer.from(bytes));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  served.set(path.slice('models/'.length), { sha256, size: bytes.length });
}
const options = () => ({ baseUrl: server.url, cacheFolder, imageSize: 32 });
const image = () =>
  tensor(
    Float32Array.from({ length: 32 * 32 * 3 }, (_, i) => Math.sin(i)),
    [1, 32, 32, 3],
  );

describe('createPretrained', () => {
  it("is a backbone with the weights' epsilon, mean and deviation", async () => {
    const published = createBackbone('mobileNetV3Small', { imageSize: 32, seed: 5 });
    serve('models/mobilenet_v3_small-047dcff4.pth', await saveSafetensors(published));
    const backbone = await createPretrained('mobileNetV3Small', { ...options(), stochasticDepth: 0.1, name: 'mine' });
    expect(backbone).toMatchObject({ name: 'mobileNetV3Small', inputSize: [32, 32], ...imageNetNormalization });
    expect(backbone.pretrained).toMatchObject({
      verified: 'sha256',
      cached: false,
      weights: { publisher: 'torchvision' },
    });
    expect(backbone.loaded).toMatchObject({ naming: 'torchvision', batchNormEpsilon: 1e-3 });
    expect(normEpsilon(backbone.model)).toBe(1e-3);
    expect(backbone.model.name).toBe('mine');
    const x = image();
    const [a, b] = [published, backbone].map(({ model }) => (model.predict(x) as Tensor).dataSync());
    expect(b).toEqual(a);
    for (const { model } of [published, backbone]) model.dispose();
    x.dispose();
  });

  it('fails before anything is fetched where an option is wrong, and leaves nothing', async () => {
    server.requests = [];
    const tensors = memory().numTensors;
    await expect(createPretrained('squeezeNet11', { ...options(), imageSize: 3 })).rejects.toThrow(
      /imageSize is too small/,
    );
    await expect(createPretrained('squeezeNet11', { ...options(), stochasticDepth: 0.5 })).rejects.toThrow(
      /stochasticDepth/,
    );
    expect(server.requests).toEqual([]);
    await expect(createPretrained('squeezeNet11', options())).rejects.toMatchObject({ code: 'refused' });
    const other = createBackbone('squeezeNet10', { imageSize: 32 });
    serve('models/squeezenet1_1-b8a52dc0.pth', await saveSafetensors(other));
    other.model.dispose();
    await expect(createPretrained('squeezeNet11', options())).rejects.toMatchObject({ name: 'WeightMismatchError' });
    expect(memory().numTensors).toBe(tensors);
  });

  it.skipIf(!pythonHas('torch', 'torchvision'))(
    'gives the features of torchvision from its own kind of file',
    async () => {
      const file = join(temporaryFolder(), 'squeezenet.pth');
      const program = `
import sys, json, torch, torchvision
torch.manual_seed(3)
model = torchvision.models.squeezenet1_0(weights=None).eval()
torch.save(model.state_dict(), sys.argv[1])
x = torch.sin(torch.arange(32 * 32 * 3, dtype=torch.float64)).float().reshape(1, 32, 32, 3).permute(0, 3, 1, 2)
with torch.no_grad(): print(json.dumps(model.features(x).mean((2, 3))[0].tolist()))`;
      const expected: number[] = JSON.parse(python(program, file));
      serve('models/squeezenet1_0-b66bff10.pth', readFileSync(file));
      const { model, loaded } = await createPretrained('squeezeNet10', options());
      expect(loaded.passedOver).toEqual(['classifier.1.weight', 'classifier.1.bias']);
      const x = image();
      const found = (model.predict(x) as Tensor).dataSync();
      const scale = Math.max(...expected.map(Math.abs));
      expected.forEach((value, i) => {
        expect(Math.abs(found[i]! - value) / scale).toBeLessThan(1e-5);
      });
      model.dispose();
      x.dispose();
    },
  );
});
