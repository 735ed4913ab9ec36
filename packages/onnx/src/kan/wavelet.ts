import type { GraphBuilder } from '../graph/graph-builder.js';
import { inputOfRank, type LayerWriter, type WeightValues } from '../layers/layer-writer.js';
import { normalizedInput } from './layer-norm.js';

/** What the layer's batch norm adds to a variance. */
const epsilon = 1e-5;

/** ψ(u) of [rows, units, inputs], and what the sum over the inputs is multiplied by. */
const wavelets: Readonly<
  Record<string, { readonly factor: number; value(graph: GraphBuilder, u: string, bell: string): string }>
> = {
  // u·e^(−u²/2) comes first: it is 0 before a power of u could overflow.
  mexicanHat: {
    factor: 2 / (Math.sqrt(3) * Math.PI ** 0.25),
    value: (graph, u, bell) => graph.sub(graph.mul(graph.mul(u, bell), u), bell),
  },
  morlet: { factor: 1, value: (graph, u, bell) => graph.mul(graph.node('Cos', [graph.times(u, 5)]), bell) },
  derivativeOfGaussian: { factor: -1, value: (graph, u, bell) => graph.mul(u, bell) },
};

/** y[o] = BN(Σᵢ coefficients[o,i]·ψ((x[i] − translation[o,i])/scale[o,i])), the batch norm by its moving statistics. */
export const writeWaveletKAN: LayerWriter = (layer) => {
  const { graph, weights, config } = layer;
  const { name: x } = inputOfRank(layer, 2);
  const type = config['waveletType'] as string;
  const wavelet = Object.hasOwn(wavelets, type) ? wavelets[type]! : layer.refuse(`its wavelet is ${type}`);
  const { scale, translation, coefficients } = weights as Record<string, WeightValues>;
  const [units, inputs] = scale!.shape as [number, number];
  const table = (label: string, data: Float32Array) => graph.tensor(label, [1, units, inputs], data);
  // 1/s; a scale of 0 counts as infinitely wide.
  const inverses = scale!.data.map((s) => s / (s * s + 1e-30));
  const centred = graph.sub(graph.unsqueeze(normalizedInput(layer, x)), table('translation', translation!.data));
  const u = graph.mul(centred, table('inverse_scale', inverses));
  const bell = graph.node('Exp', [graph.times(graph.square(u), -0.5)]);
  const { factors, offsets } = batchNorm(weights, units);
  const weighted = coefficients!.data.map((value, k) => value * wavelet.factor * factors[Math.floor(k / inputs)]!);
  const edges = graph.mul(wavelet.value(graph, u, bell), table('coefficients', weighted));
  const sum = graph.node('ReduceSum', [edges, graph.ints([2])], { keepdims: 0 });
  return offsets ? graph.add(sum, graph.tensor('offset', [units], offsets)) : sum;
};

/** Batch norm as a factor and a number for each unit: 1 and none without it. */
function batchNorm(
  { batchNormGamma, batchNormBeta, movingMean, movingVariance }: Readonly<Record<string, WeightValues>>,
  units: number,
): { factors: Float64Array; offsets?: Float32Array } {
  const factors = new Float64Array(units).fill(1);
  if (!batchNormGamma || !batchNormBeta || !movingMean || !movingVariance) return { factors };
  batchNormGamma.data.forEach((gamma, o) => {
    factors[o] = gamma / Math.sqrt(movingVariance.data[o]! + epsilon);
  });
  const offsets = batchNormBeta.data.map((beta, o) => beta - movingMean.data[o]! * factors[o]!);
  return { factors, offsets };
}
