import { engine, Mean, type NamedAttrMap, Sum, type Tensor } from '@tensorflow/tfjs-core';
import type { GradientReplacement } from '../kernel-replacement.js';
import { SpreadRows } from '../kernels/spread-rows.js';
import { rowReduction } from '../neighbouring-axes.js';
import { canReplaceGradient } from './can-replace-gradient.js';

/** Sum's gradient copies rows instead of multiplying with a tensor of ones. */
export const sumGradient = spread(Sum, () => 1);
/** Mean's gradient likewise. */
export const meanGradient = spread(Mean, (rows) => 1 / rows);

function spread(kernelName: string, factor: (rows: number) => number): GradientReplacement {
  return {
    kernelName,
    create: (stock) => ({
      ...stock,
      gradFunc: (dy, saved, attributes) => {
        const [x] = saved as [Tensor];
        const { axis } = attributes as unknown as { axis: number | number[] };
        const form = canReplaceGradient() && x.dtype === 'float32' ? rowReduction(x.shape, axis) : undefined;
        if (!form) return stock.gradFunc(dy, saved, attributes);
        const attrs = { ...form, shape: x.shape, factor: factor(form.rows) } as unknown as NamedAttrMap;
        return { x: () => engine().runKernel(SpreadRows, { dy: dy as Tensor }, attrs) as Tensor };
      },
    }),
  };
}
