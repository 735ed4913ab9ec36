import { readFileSync } from 'node:fs';
import type { BackboneName, TorchTensor } from '../src/index.js';

/** Golden data of one network: PyTorch's own results under weights that a formula makes from their names. */
export interface Golden {
  input: { shape: number[] };
  featureParameters: number;
  stateDict: { name: string; shape: number[] }[];
  formulaCheck: Record<string, number[]>;
  /** Rates of torchvision's stochastic depth by block, where it has any. */
  stochasticDepth?: Record<string, number>;
  eval: {
    mapShape: number[];
    pooled: { shape: number[]; data: number[] };
    stages: { index: number; shape: number[]; mean: number; std: number; absMax: number }[];
  };
  train: {
    pooled: { shape: number[]; data: number[] };
    gradientNorms: Record<string, number>;
    runningMeanAfter: Record<string, number[]>;
  };
}

/** The small CNN's come from scripts/small-cnn-golden.py, the others from torchvision: scripts/torchvision-golden.py. */
const FILES: Record<BackboneName, string> = {
  squeezeNet11: 'squeezenet1_1-64.json',
  efficientNetB0: 'efficientnet_b0-64.json',
  smallCnn: 'small_cnn-64.json',
  squeezeNet10: 'squeezenet1_0-64.json',
  efficientNetB1: 'efficientnet_b1-64.json',
  efficientNetB2: 'efficientnet_b2-64.json',
  efficientNetB3: 'efficientnet_b3-64.json',
  efficientNetB4: 'efficientnet_b4-64.json',
  efficientNetLite0: 'efficientnet_lite0-64.json',
  mobileNetV3Small: 'mobilenet_v3_small-64.json',
};

export function readGolden(name: BackboneName): Golden {
  return JSON.parse(readFileSync(new URL(`golden/${FILES[name]}`, import.meta.url), 'utf8')) as Golden;
}

/** Numbers in [0, 1): a linear congruential generator, seeded with the FNV-1a hash of a name. */
export function formulaNumbers(name: string, count: number): Float64Array {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) state = Math.imul(state ^ byte, 0x01000193);
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    out[i] = (state >>> 8) / 2 ** 24;
  }
  return out;
}

function formulaTensor(name: string, shape: number[]): TorchTensor {
  const count = shape.reduce((product, side) => product * side, 1);
  const bound = Math.sqrt(6 / (count / (shape[0] ?? 1)));
  const value = (u: number) => {
    if (name.endsWith('running_mean')) return (u - 0.5) * 0.2;
    if (name.endsWith('running_var')) return 0.5 + u;
    if (shape.length >= 2) return (2 * u - 1) * bound;
    if (name.endsWith('.weight')) return 0.75 + 0.5 * u;
    return (u - 0.5) * 0.2;
  };
  return { shape, data: Float32Array.from(formulaNumbers(name, count), value) };
}

export function formulaStateDict(golden: Golden): Record<string, TorchTensor> {
  return Object.fromEntries(golden.stateDict.map(({ name, shape }) => [name, formulaTensor(name, shape)]));
}

/** The input image, NCHW in the golden data, as NHWC. */
export function formulaImage([batch, channels, height, width]: number[]): Float32Array {
  const [b, c, h, w] = [batch as number, channels as number, height as number, width as number];
  const numbers = formulaNumbers('input', b * c * h * w);
  const out = new Float32Array(numbers.length);
  for (let n = 0, to = 0; n < b; n++)
    for (let y = 0; y < h; y++)
      for (let x = 0; x < w; x++)
        for (let k = 0; k < c; k++) out[to++] = 2 * (numbers[((n * c + k) * h + y) * w + x] as number) - 1;
  return out;
}
