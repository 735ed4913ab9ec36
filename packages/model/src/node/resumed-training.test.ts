import { fusedAdamWStep } from '@kanrecon/tfjs-wasm-training';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { allWeights, images, size, train, useFolder } from '../../test/saved-models.js';
import { spiralTargets } from '../../test/spiral-targets.js';
import { createReconstructor } from '../network/create-reconstructor.js';
import { AdamW } from '../optimization/adamw.js';
import { loadReconstructor } from './load-reconstructor.js';
import { saveReconstructor } from './save-reconstructor.js';

const at = useFolder();

describe('a training that is saved and loaded', () => {
  it.each([
    [3, fusedAdamWStep, { imageSize: size, head: { type: 'fourierKAN', widths: [16], dropout: 0.4 } }],
    [3, undefined, { imageSize: size, head: { type: 'mlp', widths: [16], dropout: 0.4 }, trainBackbone: false }],
    // With BatchNorm, whose moving statistics are no variables of the optimizer.
    [1, fusedAdamWStep, { imageSize: size, backbone: 'efficientNetB0', head: { type: 'efficientKAN', dropout: 0.4 } }],
    [2, fusedAdamWStep, { imageSize: size, backbone: 'smallCnn', head: { type: 'mlp' } }],
  ] as const)(
    'go on bit for bit: %i steps, save, load, as many more equal a training without a break (step %o, %o)',
    async (steps, fusedStep, config) => {
      const directory = at(`resume-${steps}-${config.head.type}`);
      const before = tf.memory().numTensors;
      const options = { learningRate: 1e-3, weightDecay: 0.05, fusedStep };
      const one = createReconstructor({ targets: spiralTargets, ...config });
      const optimizer = new AdamW(options);
      const first = await train(one, optimizer, 0, steps);
      await saveReconstructor(one, directory, { optimizer, extra: { steps } });
      const saved = allWeights(one);
      const rest = await train(one, optimizer, steps, 2 * steps);
      expect(new Set([...first, ...rest]).size).toBe(2 * steps);

      const { reconstructor, optimizerState, extra } = await loadReconstructor(directory);
      expect(extra).toEqual({ steps });
      expect(reconstructor.config).toEqual(one.config);
      expect(reconstructor.name).toBe(one.name);
      expect(reconstructor.parameterCount).toEqual(one.parameterCount);
      expect(allWeights(reconstructor)).toEqual(saved);
      const resumed = new AdamW({ fusedStep }).setState(optimizerState!);
      expect(await train(reconstructor, resumed, steps, 2 * steps)).toEqual(rest);
      expect(allWeights(reconstructor)).toEqual(allWeights(one));
      expect(await reconstructor.predictBatch(images)).toEqual(await one.predictBatch(images));
      for (const thing of [reconstructor, one, resumed, optimizer]) thing.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});
