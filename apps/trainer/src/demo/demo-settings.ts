import type { ExperimentOptions } from '@kanrecon/training';

/** What the demo makes and trains: sized for ten minutes on two processor cores. */
export interface DemoSettings {
  shapes: number;
  views: number;
  /** Pixels of the rendered images; training shrinks them to the model's size. */
  renderSize: number;
  split: { train: number; val: number; test: number };
  experiment: Omit<ExperimentOptions, 'data' | 'seed'>;
}

/** The one place for the demo's hyperparameters. */
export const demoSettings: DemoSettings = {
  shapes: 700,
  views: 5,
  renderSize: 128,
  split: { train: 0.8, val: 0.1, test: 0.1 },
  experiment: {
    model: { backbone: 'squeezeNet11', imageSize: 64, head: { type: 'fourierKAN', widths: [64], dropout: 0 } },
    augmentation: ['mirror'],
    optimizer: { learningRate: 1e-3, weightDecay: 0.01 },
    schedule: 'one-cycle',
    budget: { epochs: 12 },
    batchSize: 16,
  },
};
