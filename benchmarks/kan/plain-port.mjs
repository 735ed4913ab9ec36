// A plain port of each PyTorch reference layer: the same formula from tfjs' operations, differentiated by tfjs itself, with the
// reference's weights in the reference's layout.
// Where a literal port does not train in tfjs, the nearest that does stands here: tfjs has no gradient for Less and LogicalAnd, so
// the B-splines of degree 0 are differences of GreaterEqual; none for Einsum, so sums over inputs and functions are matrix
// products; and no layer norm and batch norm with gradients, so these are written out. Batch norm's moving statistics, which the
// reference and our layer keep up, are left out.
import * as tf from '@tensorflow/tfjs-core';

const { add, concat, cos, div, exp, expandDims, matMul, mean, mul, neg, reshape, sin, slice, square, stack, sub, sum } =
  tf;

const uniform = (shape, limit) => tf.randomUniform(shape, -limit, limit, 'float32', 1);
const normal = (shape, deviation) => tf.randomNormal(shape, 0, deviation, 'float32', 1);

const linear = (x, weight, bias) => {
  const y = matMul(x, weight, false, true);
  return bias ? add(y, bias) : y;
};
const silu = (x) => mul(x, tf.sigmoid(x));
const gelu = (x) => mul(mul(x, 0.5), add(tf.erf(mul(x, Math.SQRT1_2)), 1));
/** [rows, inputs, functions] and weights [units, inputs, functions]. */
const expand = (basis, weight) =>
  linear(reshape(basis, [basis.shape[0], -1]), reshape(weight, [weight.shape[0], -1]), null);

function layerNorm(x, gamma, beta) {
  const centred = sub(x, mean(x, 1, true));
  const inverse = tf.rsqrt(add(mean(square(centred), 1, true), 1e-5));
  return add(mul(mul(centred, inverse), gamma), beta);
}

function batchNorm(x, gamma, beta) {
  const centred = sub(x, mean(x, 0, true));
  const inverse = tf.rsqrt(add(mean(square(centred), 0, true), 1e-5));
  return add(mul(mul(centred, inverse), gamma), beta);
}

const gridSize = 5;
const order = 3;
const degree = 4;
const knots = tf.tensor1d(Array.from({ length: gridSize + 2 * order + 1 }, (_, j) => ((j - order) * 2) / gridSize - 1));

/** x [rows, inputs], grid [inputs, knots] → [rows, inputs, splines], by Cox-de Boor. */
function bSplines(x, grid) {
  const count = grid.shape[1];
  const part = (from, to) => slice(grid, [0, from], [-1, to - from]);
  const drop = (bases, first) => slice(bases, [0, 0, first], [-1, -1, bases.shape[2] - 1]);
  const at = expandDims(x, 2);
  const reached = tf.cast(tf.greaterEqual(at, expandDims(grid, 0)), 'float32');
  let bases = sub(drop(reached, 0), drop(reached, 1));
  for (let k = 1; k <= order; k++) {
    const rising = div(sub(at, part(0, count - k - 1)), sub(part(k, count - 1), part(0, count - k - 1)));
    const falling = div(sub(part(k + 1, count), at), sub(part(k + 1, count), part(1, count - k)));
    bases = add(mul(rising, drop(bases, 0)), mul(falling, drop(bases, 1)));
  }
  return bases;
}

function polynomialPort(name, next) {
  return {
    weights: (inputs, units) => ({
      [name]: normal([inputs, units, degree + 1], 1 / (inputs * (degree + 1))),
    }),
    forward(x, weights) {
      const t = tf.tanh(x);
      const values = [tf.onesLike(t)];
      for (let n = 1; n <= degree; n++) values.push(next(n, t, values));
      return expand(stack(values, 2), tf.transpose(weights[name], [1, 0, 2]));
    },
  };
}

function jacobi(n, t, values, a = 1, b = 1) {
  if (n === 1) return add(mul(t, (a + b + 2) / 2), (a - b) / 2);
  const s = 2 * n + a + b;
  const first = (s * (s - 1)) / (2 * n * (n + a + b));
  const second = ((s - 1) * (a * a - b * b)) / (2 * n * (n + a + b) * (s - 2));
  const third = ((n + a - 1) * (n + b - 1) * s) / (n * (n + a + b) * (s - 2));
  return sub(mul(add(mul(t, first), second), values[n - 1]), mul(values[n - 2], third));
}

const wavelets = {
  mexicanHat: (u) => mul(mul(sub(square(u), 1), exp(mul(square(u), -0.5))), 2 / (Math.sqrt(3) * Math.PI ** 0.25)),
  morlet: (u) => mul(exp(mul(square(u), -0.5)), cos(mul(u, 5))),
  derivativeOfGaussian: (u) => mul(neg(u), exp(mul(square(u), -0.5))),
};

function waveletPort(wavelet) {
  return {
    weights: (inputs, units) => ({
      scale: tf.ones([units, inputs]),
      translation: tf.zeros([units, inputs]),
      wavelet_weights: uniform([units, inputs], 1 / Math.sqrt(inputs)),
      'bn.weight': tf.ones([units]),
      'bn.bias': tf.zeros([units]),
    }),
    forward(x, { scale, translation, wavelet_weights, 'bn.weight': gamma, 'bn.bias': beta }) {
      const value = wavelet(div(sub(expandDims(x, 1), expandDims(translation, 0)), expandDims(scale, 0)));
      return batchNorm(sum(mul(value, expandDims(wavelet_weights, 0)), 2), gamma, beta);
    },
  };
}

const norm = (inputs) => ({ 'layernorm.weight': tf.ones([inputs]), 'layernorm.bias': tf.zeros([inputs]) });
const normalized = (x, weights) => layerNorm(x, weights['layernorm.weight'], weights['layernorm.bias']);

const ports = {
  dense: {
    weights: (inputs, units) => ({
      weight: uniform([units, inputs], 1 / Math.sqrt(inputs)),
      bias: uniform([units], 1 / Math.sqrt(inputs)),
    }),
    forward: (x, { weight, bias }) => linear(x, weight, bias),
  },
  efficientKAN: {
    weights: (inputs, units) => ({
      base_weight: uniform([units, inputs], 1 / Math.sqrt(inputs)),
      spline_weight: uniform([units, inputs, gridSize + order], 0.05),
      spline_scaler: uniform([units, inputs], 1 / Math.sqrt(inputs)),
    }),
    constants: (inputs) => ({ grid: tf.tile(expandDims(knots, 0), [inputs, 1]) }),
    forward(x, { base_weight, spline_weight, spline_scaler, grid }) {
      const scaled = mul(spline_weight, expandDims(spline_scaler, 2));
      return add(linear(silu(x), base_weight), expand(bSplines(x, grid), scaled));
    },
  },
  fourierKAN: {
    weights: (inputs, units, waves = 8) => ({
      'feature_transform.weight': normal([inputs, waves], 1 / Math.sqrt(1.64 * inputs)),
      'feature_transform.bias': tf.randomUniform([waves], 0, 2 * Math.PI, 'float32', 1),
      'feature_transform.combination.weight': uniform([inputs, 2 * waves], Math.sqrt(6 / (inputs + 2 * waves))),
      'feature_transform.combination.bias': uniform([inputs], 1 / Math.sqrt(2 * waves)),
      base_scale: tf.scalar(1),
      spline_scale: tf.scalar(0.01),
      'final_linear.weight': uniform([units, inputs], Math.sqrt(6 / (inputs + units))),
      'final_linear.bias': tf.zeros([units]),
    }),
    forward(x, weights) {
      const phase = add(matMul(x, weights['feature_transform.weight']), weights['feature_transform.bias']);
      const combined = linear(
        concat([cos(phase), sin(phase)], 1),
        weights['feature_transform.combination.weight'],
        weights['feature_transform.combination.bias'],
      );
      const hidden = add(mul(gelu(x), weights.base_scale), mul(combined, weights.spline_scale));
      return linear(hidden, weights['final_linear.weight'], weights['final_linear.bias']);
    },
  },
  classicFourierKAN: {
    weights: (inputs, units) => ({
      fouriercoeffs: normal([2, units, inputs, gridSize], 1 / Math.sqrt(inputs * gridSize)),
      bias: tf.zeros([1, units]),
    }),
    forward(x, { fouriercoeffs, bias }) {
      const angle = mul(expandDims(x, 2), tf.range(1, gridSize + 1, 1, 'float32'));
      const [cosines, sines] = tf.unstack(fouriercoeffs, 0);
      return add(add(expand(cos(angle), cosines), expand(sin(angle), sines)), bias);
    },
  },
  chebyshevKAN: polynomialPort('cheby_coeffs', (n, t, values) =>
    n === 1 ? t : sub(mul(mul(t, 2), values[n - 1]), values[n - 2]),
  ),
  jacobiKAN: polynomialPort('jacobi_coeffs', jacobi),
  fastKAN: {
    weights: (inputs, units) => ({
      ...norm(inputs),
      'spline_linear.weight': normal([units, inputs * 8], 0.1),
      'base_linear.weight': uniform([units, inputs], 1 / Math.sqrt(inputs)),
      'base_linear.bias': uniform([units], 1 / Math.sqrt(inputs)),
    }),
    constants: () => ({ grid: tf.linspace(-2, 2, 8) }),
    forward(x, { grid, ...weights }) {
      const u = div(sub(expandDims(normalized(x, weights), 2), grid), 4 / 7);
      const spline = linear(reshape(exp(neg(square(u))), [x.shape[0], -1]), weights['spline_linear.weight']);
      return add(spline, linear(silu(x), weights['base_linear.weight'], weights['base_linear.bias']));
    },
  },
  fasterKAN: {
    weights: (inputs, units) => ({
      ...norm(inputs),
      'spline_linear.weight': uniform([units, inputs * 8], Math.sqrt(6 / (inputs * 8 + units))),
    }),
    constants: () => ({ grid: tf.linspace(-1.2, 0.2, 8) }),
    forward(x, { grid, ...weights }) {
      const u = tf.tanh(sub(expandDims(normalized(x, weights), 2), grid));
      return linear(reshape(sub(1, square(u)), [x.shape[0], -1]), weights['spline_linear.weight']);
    },
  },
  'waveletKAN-mexicanHat': waveletPort(wavelets.mexicanHat),
  'waveletKAN-morlet': waveletPort(wavelets.morlet),
  'waveletKAN-derivativeOfGaussian': waveletPort(wavelets.derivativeOfGaussian),
  rationalKAN: {
    // Eight groups where the inputs divide by 8, else the largest divisor below, as in our layer.
    weights: (inputs, units, groups = [8, 7, 6, 5, 4, 3, 2, 1].find((count) => inputs % count === 0)) => ({
      'rational.weight_numerator': tf.tensor2d([[0, 0.5, 0.2499864, 0.05302745, 0.00569363, 0.000261008]]),
      'rational.weight_denominator': tf.tile(tf.tensor2d([[0, 0.1060549, 0, 0.00052202]]), [groups, 1]),
      'linear.weight': normal([units, inputs], 1 / Math.sqrt(inputs)),
      'linear.bias': tf.zeros([units]),
    }),
    forward(x, weights) {
      const [rows, inputs] = x.shape;
      const columns = (name) =>
        tf.unstack(weights[`rational.weight_${name}`], 1).map((column) => reshape(column, [1, -1, 1]));
      const groups = weights['rational.weight_denominator'].shape[0];
      const grouped = reshape(x, [rows, groups, inputs / groups]);
      const horner = (list) => list.reverse().reduce((value, c) => add(mul(value, grouped), c));
      const inner = mul(horner(columns('denominator')), grouped);
      const value = div(horner(columns('numerator')), add(tf.abs(inner), 1));
      return linear(reshape(value, [rows, inputs]), weights['linear.weight'], weights['linear.bias']);
    },
  },
};

/** A layer of the named kind: `weights` to be trained and `apply(x)`. */
function plainLayer(name, inputs, units) {
  const port = ports[name];
  const weights = Object.fromEntries(
    Object.entries(port.weights(inputs, units)).map(([key, value]) => [key, tf.variable(value)]),
  );
  const constants = port.constants ? port.constants(inputs) : {};
  return { weights, apply: (x) => port.forward(x, { ...constants, ...weights }) };
}

/** A stack of plain layers: `{ variables, apply(x) }`. */
export function plainStack(name, widths) {
  const stack = widths.slice(1).map((units, i) => plainLayer(name, widths[i], units));
  return {
    variables: stack.flatMap(({ weights }) => Object.values(weights)),
    apply: (x) => stack.reduce((value, layer) => layer.apply(value), x),
  };
}
