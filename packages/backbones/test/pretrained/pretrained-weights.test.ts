import { describe, expect, it } from 'vitest';
import {
  backboneByName,
  backboneNames,
  createBackbone,
  pretrainedBackbones,
  pretrainedWeights,
  readWeights,
  saveSafetensors,
  weightsNames,
} from '../../src/index.js';
import { normEpsilon } from '../../src/internal/norm-epsilon.js';
import { tensorList } from '../../src/weights/tensor-list.js';
import '@tensorflow/tfjs-backend-cpu';

const rows = pretrainedBackbones.map((name) => pretrainedWeights(name));

describe('the table of published weights', () => {
  it('has every backbone that was published', () => {
    expect(backboneNames.filter((name) => !pretrainedBackbones.includes(name))).toEqual(['smallCnn']);
    expect(new Set(pretrainedBackbones).size).toBe(backboneNames.length - 1);
    expect(weightsNames).toEqual(['imagenet']);
  });

  it.each(rows)('$backbone: addresses, checksums and names agree', (row) => {
    const { torchName, timmName, inputSize, normalization } = backboneByName(row.backbone);
    const url = new URL(row.path, row.baseUrl);
    expect(url.protocol).toBe('https:');
    const digits = /-([0-9a-f]{8})\.pth$/.exec(url.pathname)?.[1];
    // torch.hub's rule: the name ends with the beginning of the checksum.
    if (digits) expect(row.sha256).toMatch(new RegExp(`^${digits}([0-9a-f]{56})?$`));
    else expect(row.publisher).toBe('timm');
    const named = row.publisher === 'timm' ? timmName : torchName;
    expect(url.pathname).toContain(named);
    expect(row.file).toMatch(/^[\w.-]+\.(pth|safetensors)$/);
    expect(row).toMatchObject({ inputSize, ...normalization, weights: 'imagenet' });
  });

  it.each(rows)(
    '$backbone: the epsilon is that of the batch norms of these weights',
    ({ backbone, batchNormEpsilon }) => {
      // B0 to B4 share one way of building.
      if (/B[1-4]$/.test(backbone)) return;
      const { model } = createBackbone(backbone, { imageSize: 32 });
      expect(batchNormEpsilon).toBe(normEpsilon(model));
      model.dispose();
    },
  );

  it('where no checksum is known, it knows which tensors the file has', async () => {
    const unknown = rows.filter(({ sha256 }) => !sha256);
    expect(unknown.map(({ backbone }) => backbone)).toEqual(['efficientNetLite0']);
    for (const { backbone, tensors } of unknown) {
      const { model } = createBackbone(backbone, { imageSize: 32 });
      const saved = readWeights(await saveSafetensors(model, { naming: 'timm' }));
      model.dispose();
      expect(tensorList(saved)).toEqual(tensors);
      // As they are published.
      const classifier = { shape: [1000, 1280] };
      const more = { 'classifier.weight': classifier, 'bn1.num_batches_tracked': { shape: [] } };
      expect(tensorList({ ...more, ...saved })).toEqual(tensors);
      expect(tensorList({ ...saved, 'bn1.bias': { shape: [33] } })).not.toEqual(tensors);
    }
  });

  it('says what there is', () => {
    expect(() => pretrainedWeights('smallCnn')).toThrow(
      /no published weights of this backbone; expected one of squeezeNet11, .*, got smallCnn/,
    );
    expect(() => pretrainedWeights('squeezeNet11', 'imagenet21k' as never)).toThrow(
      /expected imagenet, got imagenet21k/,
    );
  });
});
