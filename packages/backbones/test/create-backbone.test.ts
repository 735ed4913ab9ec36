import { io, ones, reshape, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BackboneOptions, backboneByName, backboneNames, createBackbone, efficientNetB0 } from '../src/index.js';
import { useBackend } from './backends.js';
import { readGolden } from './formula-weights.js';

beforeAll(() => useBackend('wasm'));

/** The dropout layers' rates by name. */
function dropouts(model: LayersModel): Record<string, number> {
  return Object.fromEntries(
    model.layers.flatMap((layer) => {
      const { rate } = layer.getConfig();
      return typeof rate === 'number' ? [[layer.name, rate]] : [];
    }),
  );
}

describe.each(backboneNames)('createBackbone of %s', (name) => {
  it('says what is to be known', () => {
    const { parameterCount, featureSize, inputSize, featureMaps, normalization } = backboneByName(name);
    const backbone = createBackbone(name);
    expect(backbone).toMatchObject({
      name,
      parameterCount,
      featureSize,
      inputSize: [inputSize, inputSize],
      ...normalization,
    });
    expect(backbone.model.inputs[0]?.shape).toEqual([null, inputSize, inputSize, 3]);
    expect(backbone.model.outputShape).toEqual([null, featureSize]);
    expect(backbone.featureMaps).toBe(featureMaps);
    featureMaps.forEach(({ name: stage, layer, channels, stride }, index) => {
      expect(stage).toBe(`stage${index}`);
      const [, height, , depth] = backbone.model.getLayer(layer).outputShape as number[];
      expect(depth, stage).toBe(channels);
      // torch rounds sides up or down at each stride.
      expect(Math.abs((height as number) - inputSize / stride), stage).toBeLessThan(4);
    });
    backbone.model.dispose();
  });

  it('counts what it has', () => {
    const { model, parameterCount, inputSize } = createBackbone(name, { imageSize: [64, 96], channels: 1 });
    expect(inputSize).toEqual([64, 96]);
    expect(parameterCount).toBeLessThan(backboneByName(name).parameterCount);
    expect(dropouts(model)).toEqual({});
    model.dispose();
  });
});

describe('dropout and stochastic depth', () => {
  it.each(['efficientNetB0', 'efficientNetB1', 'efficientNetB4'] as const)("have torchvision's rates: %s", (name) => {
    const theirs = readGolden(name).stochasticDepth;
    const model = backboneByName(name).create({ imageSize: 64, stochasticDepth: 0.2, dropout: 0.3 });
    const { 'features.dropout': dropout, ...blocks } = dropouts(model);
    expect(dropout).toBe(0.3);
    if (theirs) {
      const used = Object.entries(theirs).filter(([block, rate]) => rate > 0 && hasLayer(model, `${block}.add`));
      expect(Object.keys(blocks)).toEqual(used.map(([block]) => `${block}.stochastic_depth`));
      used.forEach(([block, rate]) => {
        expect(blocks[`${block}.stochastic_depth`]).toBeCloseTo(rate, 8);
      });
    } else expect(blocks['features.7.0.stochastic_depth']).toBeUndefined();
    expect(Object.keys(blocks).length).toBeGreaterThan(8);
    model.dispose();
  });

  it('drop whole images, in training only, and keep the mean', () => {
    const model = efficientNetB0({ imageSize: 32, stochasticDepth: 0.5 });
    const layer = model.getLayer('features.6.3.stochastic_depth');
    const { rate } = layer.getConfig() as { rate: number };
    const rows = 400;
    tidy(() => {
      const x = ones([rows, 2, 2, 3]);
      expect((layer.apply(x, { training: false }) as Tensor).dataSync().every((value) => value === 1)).toBe(true);
      Object.assign(layer, { seed: 5 });
      const out = reshape(layer.apply(x, { training: true }) as Tensor, [rows, 12]).arraySync() as number[][];
      for (const row of out) {
        expect(new Set(row).size).toBe(1);
        expect([0, Math.fround(1 / (1 - rate))]).toContain(row[0]);
      }
      const kept = out.filter(([value]) => value !== 0).length / rows;
      expect(Math.abs(kept - (1 - rate))).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / rows));
    });
    model.dispose();
  });

  it('are saved and loaded', async () => {
    const options: BackboneOptions = { imageSize: 32, stochasticDepth: 0.2, dropout: 0.1 };
    const model = efficientNetB0(options);
    let artifacts: io.ModelArtifacts | undefined;
    await model.save(
      io.withSaveHandler(async (saved) => {
        artifacts = saved;
        return { modelArtifactsInfo: io.getModelArtifactsInfoForJSON(saved) };
      }),
    );
    const modelTopology = JSON.parse(JSON.stringify(artifacts?.modelTopology));
    const loaded = await loadLayersModel(io.fromMemory({ ...(artifacts as io.ModelArtifacts), modelTopology }));
    expect(dropouts(loaded)).toEqual(dropouts(model));
    tidy(() => {
      const image = tensor(
        Float32Array.from({ length: 2 * 3072 }, (_, i) => Math.sin(i)),
        [2, 32, 32, 3],
      );
      const [mine, theirs] = [model, loaded].map((one) => {
        for (const layer of one.layers) if (layer.name.endsWith('stochastic_depth')) Object.assign(layer, { seed: 3 });
        Object.assign(one.getLayer('features.dropout'), { seed: 4 });
        return [...(one.apply(image, { training: true }) as Tensor).dataSync()];
      });
      expect(theirs).toEqual(mine);
    });
    model.dispose();
    loaded.dispose();
  });

  it('are refused where they would do nothing or are no rates', () => {
    const build = (name: Parameters<typeof backboneByName>[0], options: BackboneOptions) => () =>
      backboneByName(name).create({ imageSize: 64, ...options });
    expect(build('squeezeNet11', { stochasticDepth: 0.2 })).toThrow(
      'stochasticDepth is of networks with residual blocks',
    );
    expect(build('smallCnn', { stochasticDepth: 0.2 })).toThrow('stochasticDepth is of networks with residual blocks');
    expect(build('squeezeNet10', { batchNormEpsilon: 1e-3 })).toThrow(
      'batchNormEpsilon is of networks with batch norms',
    );
    for (const rate of [-0.1, 1, Number.NaN]) {
      expect(build('efficientNetB0', { stochasticDepth: rate })).toThrow(`expected a number in [0, 1), got ${rate}`);
      expect(build('smallCnn', { dropout: rate })).toThrow(`expected a number in [0, 1), got ${rate}`);
    }
    expect(build('efficientNetB0', { batchNormEpsilon: 0 })).toThrow('expected a number in (0, 1), got 0');
  });
});

function hasLayer(model: LayersModel, name: string): boolean {
  return model.layers.some((layer) => layer.name === name);
}
