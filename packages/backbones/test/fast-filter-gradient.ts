import {
  backend_util,
  getKernel,
  type KernelFunc,
  registerKernel,
  type Tensor4D,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';

type Quadruple = [number, number, number, number];
interface CpuBackend {
  data: { get(id: object): { values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): TensorInfo;
}

/**
 * Puts plain loops over the arrays in the place of the cpu backend's `Conv2DBackpropFilter`, which reads every element
 * through a function call: for EfficientNet-B0 at 64 × 64, batch 2, 0.1 s instead of 15 to 45 s. What these tests check is
 * the network, not that kernel; `fast-filter-gradient.test.ts` checks that the two agree.
 *
 * @returns Puts the stock kernel back.
 */
export function useFastFilterGradient(): () => void {
  const stock = getKernel('Conv2DBackpropFilter', 'cpu');
  if (!stock) throw new Error('useFastFilterGradient: the cpu backend is not loaded');
  unregisterKernel('Conv2DBackpropFilter', 'cpu');
  registerKernel({ kernelName: 'Conv2DBackpropFilter', backendName: 'cpu', kernelFunc: filterGradient as KernelFunc });
  return () => {
    unregisterKernel('Conv2DBackpropFilter', 'cpu');
    registerKernel(stock);
  };
}

function filterGradient(args: {
  inputs: { x: Tensor4D; dy: Tensor4D };
  attrs: { strides: number; pad: 'valid' | 'same'; filterShape: Quadruple };
  backend: CpuBackend;
}): TensorInfo {
  const { x, dy } = args.inputs;
  const { strides, pad, filterShape } = args.attrs;
  const info = backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad);
  const [xValues, dyValues] = [x, dy].map(({ dataId }) => args.backend.data.get(dataId).values) as [
    Float32Array,
    Float32Array,
  ];
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const out = new Float64Array(info.filterHeight * info.filterWidth * inChannels * outChannels);
  for (let b = 0; b < batchSize; b++)
    for (let oy = 0; oy < outHeight; oy++)
      for (let ox = 0; ox < outWidth; ox++) {
        const dyStart = ((b * outHeight + oy) * outWidth + ox) * outChannels;
        for (let ky = 0; ky < info.filterHeight; ky++) {
          const iy = oy * info.strideHeight + ky - info.padInfo.top;
          if (iy < 0 || iy >= inHeight) continue;
          for (let kx = 0; kx < info.filterWidth; kx++) {
            const ix = ox * info.strideWidth + kx - info.padInfo.left;
            if (ix < 0 || ix >= inWidth) continue;
            const xStart = ((b * inHeight + iy) * inWidth + ix) * inChannels;
            for (let i = 0; i < inChannels; i++) {
              const value = xValues[xStart + i] as number;
              const outStart = ((ky * info.filterWidth + kx) * inChannels + i) * outChannels;
              for (let o = 0; o < outChannels; o++) {
                (out[outStart + o] as number) += value * (dyValues[dyStart + o] as number);
              }
            }
          }
        }
      }
  return args.backend.makeTensorInfo(filterShape, 'float32', Float32Array.from(out));
}
