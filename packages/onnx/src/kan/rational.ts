import { inputOfRank, type LayerWriter, type WeightValues } from '../layers/layer-writer.js';
import { normalizedInput } from './layer-norm.js';

/** Beyond ± this the layer holds its rationals constant. */
const limit = 1e4;

/** y = f(x)·kernel + bias, f(x) = (a₀ + a₁x + …)/(1 + |b₁x + b₂x² + …|) with the coefficients of the input's group. */
export const writeRationalKAN: LayerWriter = (layer) => {
  const { graph, weights } = layer;
  const { name: x } = inputOfRank(layer, 2);
  const { numerator, denominator, kernel, bias } = weights as Record<string, WeightValues>;
  const [inputs] = kernel!.shape as [number, number];
  const groups = denominator!.shape[0]!;
  const grouped = graph.reshape(graph.clip(normalizedInput(layer, x), -limit, limit), [0, groups, inputs / groups]);
  const inner = graph.mul(horner(denominator!, 'denominator'), grouped);
  const divisor = graph.add(graph.node('Abs', [inner]), graph.scalar(1));
  const values = graph.reshape(graph.div(horner(numerator!, 'numerator'), divisor), [0, inputs]);
  const y = graph.matMul(values, graph.tensor('kernel', kernel!.shape, kernel!.data));
  return graph.add(y, graph.tensor('bias', bias!.shape, bias!.data));

  /** c₀ + c₁x + … with a row of coefficients for each group, or one for all. */
  function horner({ shape, data }: WeightValues, label: string): string {
    const [rows, count] = shape as [number, number];
    const coefficient = (j: number) =>
      graph.tensor(
        `${label}_${j}`,
        [1, rows, 1],
        Float32Array.from({ length: rows }, (_, g) => data[g * count + j]!),
      );
    let value = coefficient(count - 1);
    for (let j = count - 2; j >= 0; j--) value = graph.add(graph.mul(value, grouped), coefficient(j));
    return value;
  }
};
