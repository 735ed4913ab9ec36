import { dispose } from '@tensorflow/tfjs-core';
import { Callback } from '@tensorflow/tfjs-layers';
import { checkOptions } from '../check-options.js';
import { checkPositiveInteger } from '../check-positive-integer.js';
import { fillDefaults } from '../fill-defaults.js';
import type { ModelSamples } from './layer-inputs.js';
import { type GridUpdateReport, gridUpdateDefaults } from './update-grid.js';
import { type GridsUpdateOptions, updateGrids } from './update-grids.js';

/** Options of {@link gridUpdates}. */
export interface GridUpdateCallbackOptions extends GridsUpdateOptions {
  /**
   * Inputs of the model, as for `predict`: a few hundred rows that are like the training data. Or a function that makes them anew
   * for each update; what it returns is disposed of afterwards.
   */
  readonly samples: ModelSamples | (() => ModelSamples | Promise<ModelSamples>);
  /** What `every`, `start` and `until` count: training batches (default) or epochs. */
  readonly per?: 'batch' | 'epoch';
  /** Updates come this far apart. Default 5. */
  readonly every?: number;
  /** The first update comes before the batch or epoch of this number, counted from 0. Default 0. */
  readonly start?: number;
  /** No update before the batch or epoch of this number or any later one. Default 50; Infinity for no end. */
  readonly until?: number;
  /** Called after each update with every layer's report. */
  readonly onUpdate?: (reports: Record<string, GridUpdateReport>, step: number) => void;
}

const defaults = { per: 'batch', every: 5, start: 0, until: 50, batchSize: 32 } as const;

/** See {@link gridUpdates}. */
export class GridUpdateCallback extends Callback {
  /** Batches or epochs begun so far. It goes on through several calls of `fit`; set it to resume a training. */
  step = 0;
  private readonly options: GridUpdateCallbackOptions &
    Required<Pick<GridUpdateCallbackOptions, keyof typeof defaults>>;

  constructor(options: GridUpdateCallbackOptions) {
    super();
    checkOptions('gridUpdates', options, { ...defaults, ...gridUpdateDefaults, samples: 1, onUpdate: 1 });
    this.options = fillDefaults(options, defaults as Required<Pick<GridUpdateCallbackOptions, keyof typeof defaults>>);
    const { per, every, start, until, samples } = this.options;
    if (!samples) {
      throw new Error('gridUpdates: samples is missing; expected tensors or a function that makes them');
    }
    if (per !== 'batch' && per !== 'epoch') {
      throw new Error(`gridUpdates: per is wrong; expected 'batch' or 'epoch', got '${per}'`);
    }
    checkPositiveInteger('gridUpdates: every', every);
    if (!(start >= 0 && until >= start)) {
      throw new Error(`gridUpdates: start or until is wrong; expected 0 ≤ start ≤ until, got ${start} and ${until}`);
    }
  }

  override async onBatchBegin(): Promise<void> {
    if (this.options.per === 'batch') await this.begin();
  }

  override async onEpochBegin(): Promise<void> {
    if (this.options.per === 'epoch') await this.begin();
  }

  private async begin(): Promise<void> {
    const { samples, every, start, until, onUpdate, margin, gridEps, minGap, batchSize } = this.options;
    const step = this.step++;
    if (step < start || step >= until || (step - start) % every !== 0) return;
    const made = typeof samples === 'function';
    const inputs = made ? await samples() : samples;
    try {
      const options = fillDefaults({ margin, gridEps, minGap, batchSize }, {}) as GridsUpdateOptions;
      const reports = await updateGrids(this.model, inputs, options);
      onUpdate?.(reports, step);
    } finally {
      if (made) dispose(inputs);
    }
  }
}

/**
 * A callback for `model.fit` that keeps the grids of all EfficientKAN layers where their inputs are.
 *
 * When: by default before batches 0, 5, 10, … 45 (pykan's schedule). Early, because the first update matters most (inputs of hidden
 * layers rarely fill [−1, 1]) and costs nothing learned; and no longer than that, because every update moves the function a little
 * and leaves the optimizer's momentum to coefficients of other splines.
 *
 * `fit` takes either callbacks like this one or plain objects, not both in one list: wrap the latter in `new CustomCallback(…)`.
 *
 * @throws if an option is wrong; `fit` rejects when an update fails
 */
export function gridUpdates(options: GridUpdateCallbackOptions): GridUpdateCallback {
  return new GridUpdateCallback(options);
}
