import type { TorchTensor } from '@kanrecon/backbones';

/** The tensors of one layer by the reference's names. */
export type HeadTensors = Readonly<Record<string, TorchTensor>>;

/** A layer of a head, from its definition, in double precision and without TensorFlow.js: one row in, one row out. */
export type ReferenceLayer = (x: readonly number[], tensors: HeadTensors) => number[];

const silu = (x: number) => x / (1 + Math.exp(-x));

/** The error function, by its series; for large arguments ±1. */
function erf(x: number): number {
  if (Math.abs(x) > 5) return Math.sign(x);
  let [term, sum] = [x, x];
  for (let n = 1; n < 200; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const gelu = (x: number) => (x / 2) * (1 + erf(x / Math.SQRT2));

/** torch's Linear: weight [out, in], bias. */
function linear(x: readonly number[], { data }: TorchTensor, bias?: TorchTensor): number[] {
  return Array.from({ length: data.length / x.length }, (_, o) =>
    x.reduce((sum, value, i) => sum + value * data[o * x.length + i]!, bias?.data[o] ?? 0),
  );
}

/** KAF: V(α·gelu(x) + β·(C [cos(xW + b), sin(xW + b)] + c)) + v. */
const fourierKAN: ReferenceLayer = (x, tensors) => {
  const { data: frequencies, shape } = tensors['feature_transform.weight']!;
  const count = shape[1]!;
  const phases = Array.from({ length: count }, (_, m) =>
    x.reduce((sum, value, i) => sum + value * frequencies[i * count + m]!, tensors['feature_transform.bias']!.data[m]!),
  );
  const features = [...phases.map(Math.cos), ...phases.map(Math.sin)];
  const mixed = linear(
    features,
    tensors['feature_transform.combination.weight']!,
    tensors['feature_transform.combination.bias'],
  );
  const [alpha, beta] = [tensors['base_scale']!.data[0]!, tensors['spline_scale']!.data[0]!];
  const inner = x.map((value, i) => alpha * gelu(value) + beta * mixed[i]!);
  return linear(inner, tensors['final_linear.weight']!, tensors['final_linear.bias']);
};

/** EfficientKAN: B-splines of order 3 by Cox and de Boor, and silu. */
const efficientKAN: ReferenceLayer = (x, tensors) => {
  const { data: grid, shape } = tensors['grid']!;
  const knots = shape[1]!;
  const count = tensors['spline_weight']!.shape[2]!;
  const order = knots - 1 - count;
  const splines = x.flatMap((value, i) => {
    const t = (j: number) => grid[i * knots + j]!;
    let basis: number[] = Array.from({ length: knots - 1 }, (_, j) => (value >= t(j) && value < t(j + 1) ? 1 : 0));
    for (let k = 1; k <= order; k++) {
      basis = Array.from(
        { length: knots - 1 - k },
        (_, j) =>
          ((value - t(j)) / (t(j + k) - t(j))) * basis[j]! +
          ((t(j + k + 1) - value) / (t(j + k + 1) - t(j + 1))) * basis[j + 1]!,
      );
    }
    return basis;
  });
  const base = linear(x.map(silu), tensors['base_weight']!);
  const scaler = tensors['spline_scaler']?.data;
  return base.map((value, o) => {
    let sum = value;
    for (let i = 0; i < x.length; i++)
      for (let g = 0; g < count; g++) {
        const place = o * x.length + i;
        sum += tensors['spline_weight']!.data[place * count + g]! * (scaler?.[place] ?? 1) * splines[i * count + g]!;
      }
    return sum;
  });
};

/** FastKAN without layer norm: Gaussians at eight places, and silu. */
const fastKAN: ReferenceLayer = (x, tensors) => {
  const places = Array.from(tensors['rbf.grid']!.data);
  const h = (places.at(-1)! - places[0]!) / (places.length - 1);
  const basis = x.flatMap((value) => places.map((place) => Math.exp(-(((value - place) / h) ** 2))));
  const base = linear(x.map(silu), tensors['base_linear.weight']!, tensors['base_linear.bias']);
  return linear(basis, tensors['spline_linear.weight']!).map((value, o) => value + base[o]!);
};

export const referenceLayers = {
  fourierKAN,
  efficientKAN,
  fastKAN,
  mlp: ((x, { weight, bias }) => linear(x, weight!, bias)) satisfies ReferenceLayer as ReferenceLayer,
};
