import {
  loadWeights,
  readSafetensors,
  readSafetensorsMetadata,
  type TorchTensor,
  WeightFileError,
} from '@kanrecon/backbones';
import { loadHeadLayer } from '../import/load-head.js';
import { createReconstructor } from '../network/create-reconstructor.js';
import type { ModelCard } from '../network/model-card.js';
import type { Reconstructor } from '../network/reconstructor.js';
import { parseStoredConfig } from '../network/reconstructor-config.js';
import { parseTargets } from '../targets/target.js';
import { weighted } from './weighted-layers.js';

const BACKBONE = 'backbone.';

/** Whether a file is one that `toSafetensors` has written, going by its header. */
export function isReconstructorFile(bytes: Uint8Array): boolean {
  try {
    return readSafetensorsMetadata(bytes)['kanrecon.config'] !== undefined;
  } catch {
    return false;
  }
}

/**
 * The inverse of `toSafetensors`: the same network, with the targets and the card that the file's header tells of.
 *
 * @throws WeightFileError for a file that cannot be read, or that does not say which network it is
 * @throws WeightMismatchError, RangeError if its tensors are not that network's
 */
export function fromSafetensors(bytes: Uint8Array): Reconstructor {
  const metadata = readSafetensorsMetadata(bytes);
  const config = say(() => parseStoredConfig(part(metadata, 'config')));
  const targets = say(() => parseTargets(part(metadata, 'targets'), 'fromSafetensors'));
  const scene = metadata['kanrecon.scene'] === undefined ? undefined : part(metadata, 'scene');
  const rest = metadata['kanrecon.card'] === undefined ? {} : part(metadata, 'card');
  if (typeof rest !== 'object' || rest === null || Array.isArray(rest)) {
    throw new WeightFileError('fromSafetensors: kanrecon.card in the header is no object');
  }
  const card = { ...rest, ...(scene !== undefined && { scene }) } as ModelCard;
  const reconstructor = createReconstructor({ ...config, targets, card });
  try {
    load(reconstructor, readSafetensors(bytes));
    return reconstructor;
  } catch (error) {
    reconstructor.dispose();
    throw error;
  }
}

function load(reconstructor: Reconstructor, tensors: Readonly<Record<string, TorchTensor>>): void {
  const layers = weighted(reconstructor.headLayers);
  const stray = Object.keys(tensors).find((name) => !name.startsWith(BACKBONE) && !ofHead(name, layers.length));
  if (stray !== undefined) {
    throw new RangeError(
      `fromSafetensors: ${stray} belongs neither to the backbone (${BACKBONE}…) nor to the head (fc1.… to fc${layers.length}.…)`,
    );
  }
  const backbone = Object.entries(tensors).filter(([name]) => name.startsWith(BACKBONE));
  loadWeights(reconstructor.model, Object.fromEntries(backbone), { prefix: BACKBONE });
  layers.forEach((layer, index) => {
    const prefix = `fc${index + 1}.`;
    const own = Object.entries(tensors).filter(([name]) => name.startsWith(prefix));
    try {
      loadHeadLayer(layer, Object.fromEntries(own.map(([name, one]) => [name.slice(prefix.length), one])));
    } catch (cause) {
      throw new RangeError(`fromSafetensors: fc${index + 1} does not fit: ${(cause as Error).message}`, { cause });
    }
  });
}

function ofHead(name: string, layers: number): boolean {
  const [, number] = /^fc([1-9]\d*)\./.exec(name) ?? [];
  return number !== undefined && Number(number) <= layers;
}

/** A JSON text of the header. */
function part(metadata: Readonly<Record<string, string>>, key: string): unknown {
  const text = metadata[`kanrecon.${key}`];
  if (text === undefined) {
    throw new WeightFileError(
      `fromSafetensors: kanrecon.${key} is missing in the header; expected a file of toSafetensors`,
    );
  }
  return say(() => JSON.parse(text), `kanrecon.${key} in the header is no JSON: `);
}

function say<T>(action: () => T, where = ''): T {
  try {
    return action();
  } catch (cause) {
    if (cause instanceof WeightFileError) throw cause;
    throw new WeightFileError(`fromSafetensors: ${where}${(cause as Error).message.replace(/^\w+: /, '')}`, { cause });
  }
}
