import {
  add,
  customGrad,
  engine,
  type GradSaveFunc,
  grads as gradientsOf,
  matMul,
  mean,
  mul,
  reshape,
  sigmoid,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import { asFloat } from './as-float.js';
import { currentRuntime } from './current-runtime.js';
import { canReplaceGradient } from './gradients/can-replace-gradient.js';
import type { KernelRuntime } from './kernel-runtime.js';

/** The two 1 × 1 convolutions of a squeeze-and-excitation block, as tfjs-layers keeps their weights. */
export interface SqueezeExciteWeights {
  /** [1, 1, channels, squeezed] */
  squeezeKernel: Tensor;
  /** [squeezed] */
  squeezeBias: Tensor;
  /** [1, 1, squeezed, channels] */
  exciteKernel: Tensor;
  /** [channels] */
  exciteBias: Tensor;
}

/**
 * Squeeze and excitation (Hu et al. 2018, as in EfficientNet): x · sigmoid(W₂ · swish(W₁ · mean(x) + b₁) + b₂), the mean over
 * the pixels. On the WASM backend with enableWasmTraining() its gradient passes twice over the pixels instead of six times;
 * elsewhere it is composed of tfjs operations.
 *
 * @param x [batch, height, width, channels]
 * @throws if the shapes do not fit, or a tensor has no numbers (integers count as floats)
 */
export function squeezeExcite(x: Tensor4D, weights: SqueezeExciteWeights): Tensor4D {
  const { squeezeKernel, squeezeBias, exciteKernel, exciteBias } = weights;
  const channels = x.shape[3];
  const squeezed = squeezeBias.size;
  const expected = [[1, 1, channels, squeezed], [squeezed], [1, 1, squeezed, channels], [channels]];
  const parts = [squeezeKernel, squeezeBias, exciteKernel, exciteBias];
  if (x.rank !== 4 || parts.some(({ shape }, i) => String(shape) !== String(expected[i]))) {
    throw new Error(
      `squeezeExcite: shapes do not fit; expected ${expected.map((shape) => `[${shape}]`).join(', ')} for x [${x.shape}], got ${parts.map(({ shape }) => `[${shape}]`).join(', ')}`,
    );
  }
  const runtime = currentRuntime();
  const image = asFloat('squeezeExcite', 'x', x);
  const weightsAsFloats = parts.map((part) => asFloat('squeezeExcite', 'the weights', part));
  return runtime ? fewPasses(runtime, image, weightsAsFloats) : composed(image, ...weightsAsFloats);
}

function composed(x: Tensor, ...parts: Tensor[]): Tensor4D {
  return tidy(() => {
    const { scale } = excitation(mean(x, [1, 2]), parts);
    return mul(x, reshape(scale, [x.shape[0]!, 1, 1, x.shape[3]!]));
  });
}

function excitation(means: Tensor, parts: Tensor[]) {
  const [squeezeKernel, squeezeBias, exciteKernel, exciteBias] = parts as [Tensor, Tensor, Tensor, Tensor];
  const hidden = add(matMul(means as Tensor2D, asMatrix(squeezeKernel)), squeezeBias);
  const activated = mul(hidden, sigmoid(hidden)) as Tensor2D;
  const scale = sigmoid(add(matMul(activated, asMatrix(exciteKernel)), exciteBias));
  return { hidden, scale };
}

function asMatrix(kernel: Tensor): Tensor2D {
  return reshape(kernel, [kernel.shape[2]!, kernel.shape[3]!]);
}

function fewPasses(runtime: KernelRuntime, x: Tensor4D, parts: Tensor[]): Tensor4D {
  const { kernels } = runtime;
  const [batch, height, width, channels] = x.shape;
  const pixels = height * width;
  const create = (shape: number[]) => engine().makeTensorFromTensorInfo(runtime.output(shape));
  const address = (tensor: Tensor) => runtime.address(tensor);
  const operation = customGrad((...inputs) => {
    const [image, ...weights] = inputs.slice(0, 5) as [Tensor4D, ...Tensor[]];
    const save = inputs[5] as unknown as GradSaveFunc;
    const means = mean(image, [1, 2]);
    const { hidden, scale } = excitation(means, weights);
    const output = create(x.shape);
    kernels.scaleRows(address(image), address(scale), 0, address(output), batch, pixels, channels);
    save([image, ...weights, means, hidden, scale]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => {
      const [image, w1, b1, w2, b2, means, hidden, scale] = saved as [
        Tensor,
        Tensor,
        Tensor,
        Tensor,
        Tensor,
        Tensor2D,
        Tensor2D,
        Tensor2D,
      ];
      if (!canReplaceGradient()) {
        return gradientsOf((...values: Tensor[]) => composed(...(values as [Tensor])))([image, w1, b1, w2, b2], dy);
      }
      const dScale = create([batch, channels]);
      kernels.productSums(address(image), address(dy), address(dScale), batch, pixels, channels);
      const dExcited = mul(dScale, mul(scale, sub(1, scale))) as Tensor2D;
      const gate = sigmoid(hidden);
      const dActivated = matMul(dExcited, asMatrix(w2), false, true);
      const dHidden = mul(dActivated, mul(gate, add(1, mul(hidden, sub(1, gate))))) as Tensor2D;
      const dMeans = mul(matMul(dHidden, asMatrix(w1), false, true), 1 / pixels);
      const dx = create(image.shape);
      kernels.scaleRows(address(dy), address(scale), address(dMeans), address(dx), batch, pixels, channels);
      return [
        dx,
        reshape(matMul(means, dHidden, true), w1.shape),
        sum(dHidden, 0),
        reshape(matMul(mul(hidden, gate) as Tensor2D, dExcited, true), w2.shape),
        sum(dExcited, 0),
      ];
    };
    return { value: output, gradFunc: gradFunc as unknown as (dy: Tensor, saved: Tensor[]) => Tensor };
  });
  return operation(x, ...parts) as Tensor4D;
}
