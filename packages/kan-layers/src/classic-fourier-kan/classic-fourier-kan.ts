import type { serialization } from '@tensorflow/tfjs-core';
import type { OptionNames } from '../check-options.js';
import { checkPositiveInteger } from '../check-positive-integer.js';
import { ExpansionLayer, type ExpansionLayerArgs, type NormWeightName } from '../expansion/expansion-layer.js';
import { FanInInitializer } from '../fan-in-initializer.js';
import { layerArgs, weightArgNames } from '../layer-args.js';
import { makeLayer } from '../make-layer.js';
import type { SerializableClass } from '../register-classes.js';
import type { TorchWeight } from '../torch-weight.js';
import type { WeightArgs } from '../types.js';
import { fourierBasis } from './fourier-basis.js';
import { SmoothFourierInitializer } from './smooth-fourier-initializer.js';

/** Arguments of {@link classicFourierKAN}. */
export interface ClassicFourierKANArgs
  extends ExpansionLayerArgs,
    WeightArgs<'coefficients' | 'bias' | NormWeightName> {
  /** Harmonics G on every edge. Default 5. */
  gridSize?: number;
  /** Whether the layer has a bias, which starts at 0. Default true. */
  addBias?: boolean;
  /** Start with the harmonic k divided by k², so that the first functions are smooth. Default false: all of the same size. */
  smoothInitialization?: boolean;
}

const defaults = {
  gridSize: 5,
  addBias: true,
  smoothInitialization: false,
  layerNorm: false,
} satisfies Partial<ClassicFourierKANArgs>;

/**
 * The Fourier KAN layer with a series on every edge (GistNoesis/FourierKAN):
 * y[o] = bias[o] + Σᵢ Σ_{k=1..G} (A[k,i,o]·cos(k·x[i]) + B[k,i,o]·sin(k·x[i])).
 *
 * The reference's start, N(0, 1/(inputs·G)), gives outputs of standard deviation 1 for any number of inputs.
 *
 * Weights: `coefficients` [2G, inputs, units] (A₁, B₁, A₂, …), `bias` [units]; with layerNorm `gamma` and `shift` [inputs].
 */
export class ClassicFourierKAN extends ExpansionLayer {
  /** The name under which TensorFlow.js saves it. */
  static className = 'KanLayersClassicFourierKAN';
  static override get companions(): readonly SerializableClass[] {
    return [...ExpansionLayer.companions, SmoothFourierInitializer];
  }
  static override get argNames(): OptionNames<ClassicFourierKANArgs> {
    return { ...ExpansionLayer.argNames, ...defaults, ...weightArgNames('coefficients', 'bias', 'gamma', 'shift') };
  }
  readonly gridSize: number;
  readonly addBias: boolean;
  readonly smoothInitialization: boolean;

  constructor(args: ClassicFourierKANArgs) {
    const options = layerArgs(ClassicFourierKAN, args, defaults);
    const { gridSize, addBias, smoothInitialization } = options;
    checkPositiveInteger('ClassicFourierKAN: gridSize', gridSize);
    super(options, fourierBasis(gridSize), {
      // The fan-in is 2G·inputs, and the reference's 1/√(G·inputs) is √2 over its root.
      coefficients: (seed) =>
        smoothInitialization
          ? new SmoothFourierInitializer({ seed })
          : new FanInInitializer({ distribution: 'normal', scale: 2, seed }),
      ...(addBias && { bias: () => 'zeros' as const }),
    });
    this.gridSize = gridSize;
    this.addBias = addBias;
    this.smoothInitialization = smoothInitialization;
  }

  override torchWeights(): TorchWeight[] {
    const split = [this.gridSize, 2, this.inputs!, this.units];
    return [
      ...this.torchNormWeights(),
      this.torchWeight('coefficients', 'fouriercoeffs', { split, axes: [3, 0, 2, 1] }),
      ...(this.addBias ? [this.torchWeight('bias', 'bias', { shape: [1, this.units] })] : []),
    ];
  }

  override getConfig(): serialization.ConfigDict {
    const { gridSize, addBias, smoothInitialization } = this;
    return { ...super.getConfig(), gridSize, addBias, smoothInitialization };
  }
}

/**
 * Makes a {@link ClassicFourierKAN} layer, and registers its class for loading.
 *
 * @throws if an argument is wrong, or two copies of TensorFlow.js are loaded
 */
export function classicFourierKAN(args: ClassicFourierKANArgs): ClassicFourierKAN {
  return makeLayer('classicFourierKAN', ClassicFourierKAN, args);
}
