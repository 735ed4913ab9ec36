import { parseAugmentations } from '../../augmentation/augmentations.js';

/** Format 1: model and settings side by side, before there were experiments. */
interface FirstFormat {
  readonly format: 1;
  readonly model: Record<string, unknown>;
  readonly look?: { readonly preset: string; readonly surface?: unknown; readonly overrides?: unknown };
  readonly training: {
    readonly dataset: string;
    readonly stream?: { readonly epochImages: number; readonly workers: number };
    readonly epochs: number;
    readonly batchSize: number;
    readonly learningRate: number;
    readonly weightDecay: number;
    readonly schedule: string;
    readonly augment: string;
    readonly seed: number;
    readonly workers?: number;
  };
}

/**
 * A run's configuration as this version has it, from what earlier versions wrote. What is no earlier configuration comes back as it is,
 * for the schema to refuse.
 */
export function upgradeRunConfig(json: unknown): unknown {
  if ((json as FirstFormat | null)?.format !== 1) return withCamera(json);
  const { model, look = { preset: 'study' }, training, ...rest } = json as FirstFormat;
  if (typeof model !== 'object' || model === null || typeof training !== 'object' || training === null) return json;
  const { surface: _, seed: __, ...network } = model;
  const { dataset: folder, stream, epochs, learningRate, weightDecay, augment, ...same } = training;
  const data = stream ? { kind: 'stream', ...stream, folder } : { kind: 'dataset', folder };
  // What names none is left for the schema to refuse.
  const augmentation = typeof augment === 'string' ? (parseAugmentations(augment) ?? augment) : augment;
  const experiment = {
    ...same,
    model: network,
    data,
    augmentation,
    optimizer: { learningRate, weightDecay },
    budget: { epochs },
  };
  const { preset: name, overrides: changes, ...surface } = look;
  return withCamera({
    ...rest,
    format: 2,
    experiment,
    scene: { name, ...surface, ...(changes !== undefined && { changes }) },
  });
}

/** Before there was a choice, no network learned the camera. */
function withCamera(json: unknown): unknown {
  const { experiment } = (json ?? {}) as { readonly experiment?: unknown };
  if (typeof experiment !== 'object' || experiment === null) return json;
  return { ...(json as object), experiment: { camera: false, ...experiment } };
}
