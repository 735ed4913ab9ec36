import {
  Abs,
  Acos,
  Acosh,
  Asin,
  Asinh,
  Atan,
  Atanh,
  Ceil,
  ClipByValue,
  Cos,
  Cosh,
  type DataType,
  Elu,
  Erf,
  Exp,
  Expm1,
  Floor,
  IsFinite,
  IsInf,
  IsNan,
  LeakyRelu,
  Log,
  Log1p,
  LogicalNot,
  Neg,
  Reciprocal,
  Relu,
  Relu6,
  Reverse,
  Round,
  Rsqrt,
  Selu,
  Sigmoid,
  Sign,
  Sin,
  Sinh,
  Softplus,
  Sqrt,
  Square,
  Step,
  Tan,
  Tanh,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { convertDtype, withDtype } from '../convert-dtype.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import { requireStock } from '../require-stock.js';
import { type NumberType, typedValues } from '../typed-values.js';

type Attributes = Readonly<Record<string, number>>;

/** Of the stock kernels: other results have the type of x. */
const resultTypes: Readonly<Record<string, NumberType>> = {
  [Exp]: 'float32',
  [Expm1]: 'float32',
  [LeakyRelu]: 'float32',
  [IsFinite]: 'bool',
  [IsInf]: 'bool',
  [IsNan]: 'bool',
  [LogicalNot]: 'bool',
};

const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543774;

const functions: Readonly<Record<string, (x: number, attributes: Attributes) => number>> = {
  [Abs]: Math.abs,
  [Acos]: Math.acos,
  [Acosh]: Math.acosh,
  [Asin]: Math.asin,
  [Asinh]: Math.asinh,
  [Atan]: Math.atan,
  [Atanh]: Math.atanh,
  [Ceil]: (x) => x,
  [ClipByValue]: (x, { clipValueMin, clipValueMax }) => Math.min(clipValueMax!, Math.max(clipValueMin!, x)),
  [Cos]: Math.cos,
  [Cosh]: Math.cosh,
  [Elu]: (x) => (x >= 0 ? x : Math.expm1(x)),
  [Erf]: erf,
  [Exp]: Math.exp,
  [Expm1]: Math.expm1,
  [Floor]: (x) => x,
  [IsFinite]: () => 1,
  [IsInf]: () => 0,
  [IsNan]: () => 0,
  [LeakyRelu]: (x, { alpha }) => (x < 0 ? alpha! * x : x),
  [Log]: Math.log,
  [Log1p]: Math.log1p,
  [LogicalNot]: (x) => Number(x === 0),
  [Neg]: (x) => -x,
  [Reciprocal]: (x) => 1 / x,
  [Relu]: (x) => Math.max(0, x),
  [Relu6]: (x) => Math.min(6, Math.max(0, x)),
  [Round]: (x) => x,
  [Rsqrt]: (x) => 1 / Math.sqrt(x),
  [Selu]: (x) => seluScale * (x >= 0 ? x : seluAlpha * Math.expm1(x)),
  [Sigmoid]: (x) => 1 / (1 + Math.exp(-x)),
  [Sign]: Math.sign,
  [Sin]: Math.sin,
  [Sinh]: Math.sinh,
  [Softplus]: (x) => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x))),
  [Sqrt]: Math.sqrt,
  [Square]: (x) => x * x,
  [Step]: (x, { alpha }) => (x > 0 ? 1 : alpha! * Number(x < 0)),
  [Tan]: Math.tan,
  [Tanh]: Math.tanh,
};

/**
 * Functions of one tensor, of integers and truth values. The stock kernels take most of them for floats (`clipByValue` of one-hot
 * vectors, say, gives 1,073,741,824), and for truth values write nothing, or beyond the result. Here they are computed one by one, and what
 * is left of the point is kept, as on the cpu backend; floats go to the stock kernels.
 */
export const integerUnaryKernels: readonly KernelReplacement[] = Object.entries(functions).map(
  ([kernelName, compute]) => ({
    kernelName,
    create: (runtime, stock) => (args) => {
      const { x } = args.inputs as { x: TensorInfo };
      if (x.dtype !== 'int32' && x.dtype !== 'bool') return requireStock(kernelName, stock, `type ${x.dtype}`)(args);
      const dtype = resultTypes[kernelName] ?? (x.dtype as NumberType);
      const result = runtime.output(x.shape, dtype as DataType);
      const [from, to] = [typedValues(runtime, x), typedValues(runtime, result)];
      const attributes = (args.attrs ?? {}) as unknown as Attributes;
      for (let i = 0; i < from.length; i++) {
        const value = compute(from[i]!, attributes);
        to[i] = dtype === 'bool' ? Number(Number.isFinite(value) && Math.trunc(value) !== 0) : value;
      }
      return result;
    },
  }),
);

/** Reverse of truth values, of which the stock kernel mixes up the bytes. */
export const reverseKernel: KernelReplacement = {
  kernelName: Reverse,
  create: (runtime, stock) => (args) => {
    const { x } = args.inputs as { x: TensorInfo };
    const kernel = requireStock(Reverse, stock, `type ${x.dtype}`);
    if (x.dtype !== 'bool') return kernel(args);
    return withDtype(runtime, { x }, 'int32', (inputs) => {
      const reversed = kernel({ ...args, inputs }) as TensorInfo;
      try {
        return convertDtype(runtime, reversed, 'bool');
      } finally {
        runtime.backend.disposeData(reversed.dataId);
      }
    });
  },
};

/** Abramowitz and Stegun 7.1.26, within 1.5 · 10⁻⁷. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - series * Math.exp(-x * x));
}
