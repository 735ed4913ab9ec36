import {
  expandDims,
  serialization as registry,
  type Scalar,
  type serialization,
  type Tensor,
  type Tensor3D,
} from '@tensorflow/tfjs-core';
import { checkedConfig } from '../checked-config.js';
import { fillDefaults } from '../fill-defaults.js';
import { registerClasses } from '../register-classes.js';
import type { Regularizer } from '../types.js';
import { checkEdgePenalty, type EdgePenaltyOptions, edgePenalty, edgePenaltyDefaults } from './edge-penalty.js';

/** See {@link edgeRegularizer}. */
export class EdgeRegularizer extends registry.Serializable implements Regularizer {
  /** The name under which TensorFlow.js saves it. */
  static className = 'KanLayersEdgeRegularizer';
  private readonly options: Required<EdgePenaltyOptions>;

  constructor(options: EdgePenaltyOptions = {}) {
    super();
    this.options = fillDefaults(checkedConfig('edgeRegularizer', options, edgePenaltyDefaults), edgePenaltyDefaults);
    checkEdgePenalty('edgeRegularizer', this.options);
  }

  /** @param weight [basis, inputs, units], or with one number for each edge [inputs, units] or [units, inputs] */
  apply(weight: Tensor): Scalar {
    if (weight.rank !== 2 && weight.rank !== 3) {
      throw new Error(
        "edgeRegularizer: the weight does not belong to edges; expected [basis, inputs, units] (efficientKAN's 'spline', most layers' " +
          `'coefficients') or one number for each edge (waveletKAN's 'coefficients', rationalKAN's 'kernel'), got [${weight.shape}]`,
      );
    }
    return edgePenalty(weight.rank === 2 ? expandDims(weight, 0) : (weight as Tensor3D), this.options);
  }

  getConfig(): serialization.ConfigDict {
    return { ...this.options };
  }
}

/**
 * KAN's L1 and entropy regularisation as a regularizer for `fit`: `efficientKAN({ …, splineRegularizer: edgeRegularizer({ l1: 1e-4,
 * entropy: 1e-4 }) })`; in other layers as `coefficientsRegularizer`, in rationalKAN as `kernelRegularizer`. It is of the reference (efficient-kan's `regularization_loss` of one layer, on the coefficients without
 * their scale), survives saving, and is defined where the reference is NaN.
 *
 * @throws if a weight is not a finite number ≥ 0, or two copies of TensorFlow.js are loaded
 */
export function edgeRegularizer(options: EdgePenaltyOptions = {}): EdgeRegularizer {
  registerClasses('edgeRegularizer', [EdgeRegularizer]);
  return new EdgeRegularizer(options);
}
