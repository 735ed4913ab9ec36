import type { LayerVariable } from '@tensorflow/tfjs-layers';

/** How a weight of the PyTorch reference lies in ours. */
export interface TorchWeight {
  /** The reference's name in its state dict. */
  readonly name: string;
  readonly variable: LayerVariable;
  /** Axis `axes[i]` of the PyTorch weight is axis i of ours; absent: the same order. */
  readonly axes?: readonly number[];
  /** Our weight's shape with an axis taken apart, where PyTorch's has more axes; `axes` then speaks of these. */
  readonly split?: readonly number[];
  /** PyTorch's shape, where axes of ours are one there, or one of 1 is added. */
  readonly shape?: readonly number[];
}

/** An array of the reference's state dict that is no weight of ours. Import may leave it out. */
export interface TorchConstant {
  readonly name: string;
  readonly shape: readonly number[];
  /** What export writes; row-major. */
  readonly data: readonly number[];
  /** Whether an imported array must hold these numbers (to 1e-5 of the largest), as it changes what the layer computes. */
  readonly fixed: boolean;
}
