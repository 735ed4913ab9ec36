import type { serialization, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import type { UniformGrid } from './bspline-basis.js';
import { efficientKANOp } from './efficient-kan-op.js';
import { FanInInitializer } from './fan-in-initializer.js';
import { fillDefaults } from './fill-defaults.js';
import { type Extrapolation, extrapolations } from './grids/extrapolation.js';
import { checkPositiveInteger, KANLayer, type KANLayerArgs, type TorchWeight } from './kan-layer.js';
import { registerKanLayers } from './register-kan-layers.js';
import { SplineNoiseInitializer } from './spline-noise-initializer.js';
import type { WeightArgs } from './types.js';
import { findUniformGrid, UniformGridInitializer, uniformKnots } from './uniform-grid.js';

/** Arguments of {@link efficientKAN}. */
export interface EfficientKANArgs extends KANLayerArgs, WeightArgs<'base' | 'spline' | 'scale'> {
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
export class EfficientKAN extends KANLayer {
  /** @nocollapse */
  static className = 'KanLayersEfficientKAN';
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
  private knownGrid: { dataId: object; uniform: UniformGrid | null } | null = null;

  constructor(args: EfficientKANArgs) {
    const options = fillDefaults(args, defaults);
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
  }

  protected override forward(x: Tensor2D): Tensor2D {
    const knots = this.grid.read() as Tensor2D;
    const weights = {
      base: this.base.read() as Tensor2D,
      spline: this.spline.read() as Tensor3D,
      scale: this.scale && (this.scale.read() as Tensor2D),
      knots,
    };
    const uniform = this.uniformGrid(knots);
    return efficientKANOp(x, weights, this.splineOrder, uniform, this.activation, this.extrapolation);
  }

  /** The weights that a change of the grid replaces together; undefined before the layer is built. */
  get gridVariables(): GridVariables | undefined {
    return this.grid && { grid: this.grid, spline: this.spline };
  }

  override edgeCoefficients(): Tensor3D {
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

  /** Looks at the knots themselves, once after each change, so that no way of setting weights can leave a wrong answer here. */
  private uniformGrid(knots: Tensor2D): UniformGrid | null {
    if (this.knownGrid?.dataId !== knots.dataId) {
      let uniform: UniformGrid | null = null;
      try {
        uniform = findUniformGrid(knots.dataSync(), ...knots.shape);
      } catch {
        // A backend that cannot be read synchronously: the general recursion is right for every grid.
      }
      this.knownGrid = { dataId: knots.dataId, uniform };
    }
    return this.knownGrid.uniform;
  }
}

/** Makes an {@link EfficientKAN} layer. */
export function efficientKAN(args: EfficientKANArgs): EfficientKAN {
  registerKanLayers();
  return new EfficientKAN(args);
}
