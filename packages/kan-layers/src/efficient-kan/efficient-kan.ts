import { type serialization, type Tensor2D, type Tensor3D, tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import type { OptionNames } from '../check-options.js';
import { checkPositiveInteger } from '../check-positive-integer.js';
import { EdgeLayer, type EdgeLayerArgs } from '../edge-layer.js';
import { FanInInitializer } from '../fan-in-initializer.js';
import { type Extrapolation, extrapolations } from '../grids/extrapolation.js';
import { layerArgs, weightArgNames } from '../layer-args.js';
import { makeLayer } from '../make-layer.js';
import type { LayerEdges } from '../reading/layer-edges.js';
import { scalarActivation } from '../reading/scalar-activation.js';
import { splineEdges } from '../reading/spline-edges.js';
import type { SerializableClass } from '../register-classes.js';
import type { TorchWeight } from '../torch-weight.js';
import type { WeightArgs } from '../types.js';
import type { WeightAxes } from '../weight-axes.js';
import { efficientKANOp } from './efficient-kan-op.js';
import { SplineNoiseInitializer } from './spline-noise-initializer.js';
import { UniformGridInitializer, uniformKnots } from './uniform-grid.js';
import { rememberKnots, uniformGridOf } from './uniform-grid-of.js';

/** Arguments of {@link efficientKAN}. */
export interface EfficientKANArgs extends EdgeLayerArgs, WeightArgs<'base' | 'spline' | 'scale'> {
  /** Intervals of the grid over `gridRange`. Default 5. */
  gridSize?: number;
  /** Order of the B-splines; 3 (default) is cubic. */
  splineOrder?: number;
  /** Where the splines are complete; further out they fall to 0 within splineOrder steps. Default [−1, 1]. */
  gridRange?: readonly [number, number];
  /**
   * What the splines do beyond the grid's range: 'zero' (default, the reference), where they fall to 0 within splineOrder steps;
   * 'clamp', where they keep the value at the range's end; 'linear', where they go on along the tangent there.
   */
  extrapolation?: Extrapolation;
  /** Whether every edge has a trained factor on its spline. Default true. */
  standaloneScale?: boolean;
  /** Size of the noise that the splines start with. Default 0.1. */
  scaleNoise?: number;
}

/** What {@link EfficientKAN.gridVariables} gives. */
export interface GridVariables {
  /** The knots, [knots, inputs]. */
  readonly grid: LayerVariable;
  /** The coefficients, [basis, inputs, units]. */
  readonly spline: LayerVariable;
}

const defaults = {
  gridSize: 5,
  splineOrder: 3,
  gridRange: [-1, 1],
  extrapolation: 'zero',
  standaloneScale: true,
  scaleNoise: 0.1,
  baseActivation: 'swish',
} satisfies Partial<EfficientKANArgs>;

/**
 * The KAN layer of Blealtan/efficient-kan: y[o] = Σᵢ base[i,o]·silu(x[i]) + Σᵢ Σ_g scale[i,o]·spline[g,i,o]·B_g(x[i]).
 * No bias, no normalisation. Outside the grid the splines are 0 and the base branch alone goes on, unless `extrapolation` says otherwise.
 *
 * Weights: `base` [inputs, units], `spline` [gridSize + splineOrder, inputs, units], `scale` [inputs, units] (with
 * standaloneScale), and `grid` [gridSize + 2·splineOrder + 1, inputs], which is not trained.
 */
export class EfficientKAN extends EdgeLayer {
  /** The name under which TensorFlow.js saves it. */
  static className = 'KanLayersEfficientKAN';
  static override get companions(): readonly SerializableClass[] {
    return [...EdgeLayer.companions, SplineNoiseInitializer];
  }
  static override get argNames(): OptionNames<EfficientKANArgs> {
    return { ...EdgeLayer.argNames, ...defaults, ...weightArgNames('base', 'spline', 'scale') };
  }
  readonly gridSize: number;
  readonly splineOrder: number;
  readonly gridRange: readonly [number, number];
  readonly extrapolation: Extrapolation;
  readonly standaloneScale: boolean;
  readonly scaleNoise: number;
  private base!: LayerVariable;
  private spline!: LayerVariable;
  private scale: LayerVariable | null = null;
  private grid!: LayerVariable;

  constructor(args: EfficientKANArgs) {
    const options = layerArgs(EfficientKAN, args, defaults);
    const { gridSize, splineOrder, gridRange, extrapolation, standaloneScale, scaleNoise } = options;
    super(options, {
      base: (seed) => new FanInInitializer({ seed }),
      spline: (seed) => new SplineNoiseInitializer({ splineOrder, scaleNoise, seed }),
      ...(standaloneScale && { scale: (seed?: number) => new FanInInitializer({ seed }) }),
    });
    checkPositiveInteger('EfficientKAN: gridSize', gridSize);
    if (!Number.isInteger(splineOrder) || splineOrder < 0) {
      throw new Error(`EfficientKAN: splineOrder is wrong; expected an integer ≥ 0, got ${splineOrder}`);
    }
    if (!(gridRange[0] < gridRange[1])) {
      throw new Error(`EfficientKAN: gridRange is wrong; expected [low, high] with low < high, got [${gridRange}]`);
    }
    if (!extrapolations.includes(extrapolation)) {
      throw new Error(
        `EfficientKAN: extrapolation is wrong; expected one of ${extrapolations.join(', ')}, got '${extrapolation}'`,
      );
    }
    this.gridSize = gridSize;
    this.splineOrder = splineOrder;
    this.gridRange = gridRange;
    this.extrapolation = extrapolation;
    this.standaloneScale = standaloneScale;
    this.scaleNoise = scaleNoise;
  }

  protected override addWeights(inputs: number): void {
    const knots = uniformKnots(this.gridSize, this.splineOrder, this.gridRange);
    this.base = this.addNamedWeight('base', [inputs, this.units]);
    this.spline = this.addNamedWeight('spline', [this.gridSize + this.splineOrder, inputs, this.units]);
    if (this.standaloneScale) this.scale = this.addNamedWeight('scale', [inputs, this.units]);
    const start = new UniformGridInitializer(knots);
    this.grid = this.addWeight('grid', [knots.length, inputs], 'float32', start, undefined, false);
    rememberKnots(this.grid.read() as Tensor2D, knots);
  }

  protected override forward(x: Tensor2D): Tensor2D {
    const knots = this.grid.read() as Tensor2D;
    const weights = {
      base: this.base.read() as Tensor2D,
      spline: this.spline.read() as Tensor3D,
      scale: this.scale && (this.scale.read() as Tensor2D),
      knots,
    };
    const uniform = uniformGridOf(knots);
    return efficientKANOp(x, weights, this.splineOrder, uniform, this.activation, this.extrapolation);
  }

  /** The weights that a change of the grid replaces together; undefined before the layer is built. */
  get gridVariables(): GridVariables | undefined {
    return this.grid && { grid: this.grid, spline: this.spline };
  }

  protected override coefficientsByEdge(): Tensor3D {
    return this.spline.read() as Tensor3D;
  }

  override torchWeights(): TorchWeight[] {
    return [
      { name: 'grid', variable: this.grid, axes: [1, 0] },
      { name: 'base_weight', variable: this.base, axes: [1, 0] },
      { name: 'spline_weight', variable: this.spline, axes: [2, 1, 0] },
      ...(this.scale ? [{ name: 'spline_scaler', variable: this.scale, axes: [1, 0] }] : []),
    ];
  }

  protected override snapshotEdges(): LayerEdges {
    const numbers = (variable: LayerVariable) => Float64Array.from(variable.read().dataSync());
    const weights = {
      base: numbers(this.base),
      spline: numbers(this.spline),
      scale: this.scale && numbers(this.scale),
      knots: numbers(this.grid),
    };
    const activation = scalarActivation(this.activationName!);
    const { inputs, units, splineOrder, extrapolation } = this;
    return splineEdges({ inputs: inputs!, units, order: splineOrder, extrapolation }, weights, activation);
  }

  override weightAxes(): WeightAxes[] {
    return [
      { variable: this.base, inputs: 0, units: 1, vanishes: true },
      { variable: this.spline, inputs: 1, units: 2, vanishes: true },
      ...(this.scale ? [{ variable: this.scale, inputs: 0, units: 1, vanishes: true }] : []),
      { variable: this.grid, inputs: 1, units: null, vanishes: false },
    ];
  }

  /** By the splines of the edge with the largest scale: they add up to 1 within the grid, and only there. */
  override shiftUnit(unit: number, amount: number, inputs: readonly number[]): boolean {
    const scales = this.scale?.read().dataSync();
    const size = (input: number) => (scales ? Math.abs(scales[input * this.units + unit]!) : 1);
    const best = inputs.reduce((a, b) => (size(b) > size(a) ? b : a), inputs[0] ?? -1);
    if (best < 0 || size(best) < 1e-3) return false;
    const [count, all, units] = this.spline.shape as [number, number, number];
    const values = Float32Array.from(this.spline.read().dataSync());
    const step = amount / (scales ? scales[best * units + unit]! : 1);
    for (let g = 0; g < count; g++) values[(g * all + best) * units + unit]! += step;
    tidy(() => void this.spline.write(tensor(values, [count, all, units])));
    return true;
  }

  override getConfig(): serialization.ConfigDict {
    return {
      ...super.getConfig(),
      gridSize: this.gridSize,
      splineOrder: this.splineOrder,
      gridRange: [...this.gridRange],
      extrapolation: this.extrapolation,
      standaloneScale: this.standaloneScale,
      scaleNoise: this.scaleNoise,
    };
  }
}

/**
 * Makes an {@link EfficientKAN} layer, and registers its class for loading.
 *
 * @throws if an argument is wrong, or two copies of TensorFlow.js are loaded
 */
export function efficientKAN(args: EfficientKANArgs): EfficientKAN {
  return makeLayer('efficientKAN', EfficientKAN, args);
}
