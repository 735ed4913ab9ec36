import { mul, randomUniform, type Scalar, sum, type Tensor, tensor, tidy, variableGrads } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { backboneByName, loadTorchWeights } from '../src/index.js';
import { torchVariables } from '../src/internal/torch-variables.js';
import { useBackend } from './backends.js';
import { useFastFilterGradient } from './fast-filter-gradient.js';
import { formulaNumbers, formulaStateDict, readGolden } from './formula-weights.js';

/** One weight of each kind, near the input, in the middle and at the end. */
const probes = {
  squeezeNet11: ['features.0.weight', 'features.0.bias', 'features.6.expand3x3.weight', 'features.12.squeeze.weight'],
  efficientNetB0: [
    'features.0.0.weight',
    'features.2.0.block.1.0.weight',
    'features.3.0.block.2.fc1.weight',
    'features.5.1.block.1.1.bias',
    'features.8.1.weight',
  ],
  efficientNetLite0: ['features.0.0.weight', 'features.2.0.block.1.0.weight', 'features.5.1.block.1.1.bias'],
  mobileNetV3Small: [
    'features.0.0.weight',
    'features.1.block.1.fc1.weight',
    'features.5.block.2.fc2.bias',
    'features.4.block.1.1.bias',
    'features.12.1.weight',
  ],
  smallCnn: ['features.0.conv.weight', 'features.1.norm.weight', 'features.3.conv.weight', 'features.5.norm.bias'],
};

/**
 * How far a weight is moved along its gradient, as a part of its own length: small where ReLU and max pooling have kinks,
 * larger where all is smooth and rounding is the limit. (Seen: errors below 0.0095 and 0.0065 with these.)
 */
const STEPS = {
  squeezeNet11: 1e-4,
  efficientNetB0: 2e-3,
  efficientNetLite0: 1e-4,
  mobileNetV3Small: 2e-4,
  smallCnn: 1e-4,
};

/** Neither side divides evenly, so that padding and the pools' last windows take part. */
const SHAPE: [number, number, number, number] = [2, 34, 37, 3];

// In evaluation mode: over the few pixels of such small maps, batch statistics bend the loss too much for a difference
// in float32. (The gradients in training are checked against torch's.)
it.each(Object.keys(probes) as (keyof typeof probes)[])(
  '%s has the gradients that finite differences show',
  async (name) => {
    await useBackend('cpu');
    const restore = useFastFilterGradient();
    const model = backboneByName(name).create({ imageSize: [34, 37] });
    loadTorchWeights(model, formulaStateDict(readGolden(name)));
    const size = SHAPE[0] * backboneByName(name).featureSize;
    const cotangent = Float32Array.from(formulaNumbers('cotangent', size), (u) => 2 * u - 1);
    const features = () => model.apply(randomUniform(SHAPE, -1, 1, 'float32', 9)) as Tensor;
    const gradients = new Map<string, Float32Array>();
    tidy(() => {
      const { grads } = variableGrads(() => sum(mul(features(), tensor(cotangent, [2, size / 2]))) as Scalar);
      for (const entry of torchVariables(model)) {
        const gradient = grads[entry.variable.name];
        if (gradient) gradients.set(entry.name, gradient.dataSync().slice() as Float32Array);
      }
    });
    restore();

    await useBackend('wasm'); // many times faster forwards
    const loss = () => {
      const values = tidy(() => features().dataSync());
      let total = 0;
      for (let i = 0; i < size; i++) total += (values[i] as number) * (cotangent[i] as number);
      return total;
    };
    for (const probe of probes[name]) {
      const variable = torchVariables(model).find((entry) => entry.name === probe)?.variable;
      const gradient = gradients.get(probe);
      if (!variable || !gradient) throw new Error(`no gradient of ${probe}`);
      const start = variable.read().dataSync().slice() as Float32Array;
      const slope = Math.hypot(...gradient);
      const step = (STEPS[name] * Math.hypot(...start)) / slope;
      const lossAt = (sign: number) => {
        const moved = start.map((value, i) => value + sign * step * (gradient[i] as number));
        const value = tensor(moved, variable.shape as number[]);
        variable.write(value);
        value.dispose();
        return loss();
      };
      const difference = (lossAt(1) - lossAt(-1)) / (2 * step * slope);
      lossAt(0);
      expect(Math.abs(difference / slope - 1), probe).toBeLessThan(0.02);
    }
    model.dispose();
  },
);
