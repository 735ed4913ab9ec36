import {
  type BackboneName,
  backboneByName,
  backboneNames,
  loadWeights,
  readWeights,
  type TorchTensor,
  WeightMismatchError,
} from '@kanrecon/backbones';
import { checkOptions } from '@kanrecon/image';
import { weighted } from '../export/weighted-layers.js';
import { createReconstructor } from '../network/create-reconstructor.js';
import { modelByName } from '../network/model-by-name.js';
import type { ModelCard } from '../network/model-card.js';
import type { Reconstructor } from '../network/reconstructor.js';
import type { Target } from '../targets/target.js';
import { checkpointHead } from './checkpoint-head.js';
import { loadHeadLayer } from './load-head.js';

/** Options of {@link importCheckpoint}. */
export interface ImportCheckpointOptions {
  /** What the network predicts, in the order of its outputs: the study's are `spiralCylinder.parameters` of `@kanrecon/geometry`. */
  readonly targets: readonly Target[];
  /** What else is known of it, the scene of its images above all. */
  readonly card?: ModelCard;
  /**
   * The network's name by the study's rule, for what its weights do not tell: dropout, and whether the backbone was trained. It must fit
   * the weights. Without it there is no dropout.
   */
  readonly name?: string;
  /** Side of its images in pixels: the study's 224 when left out. */
  readonly imageSize?: number;
  /**
   * Which of a PyTorch checkpoint's state dicts is read, by its key (`ema_state_dict`): needed where it holds several and it is not plain
   * which, above all the weights and their moving average.
   */
  readonly stateDict?: string;
}

/** As torchvision's `Resize` brings images to a height and a width, which is what the study trained with. */
const fit = { filter: 'bilinear', padding: 'squash' } as const;
const defaults: Required<Omit<ImportCheckpointOptions, 'name' | 'stateDict'>> = {
  targets: [],
  card: {},
  imageSize: 224,
};

const PREFIX = 'backbone.';

/**
 * A network that the study "Parametric reconstruction of 3D object with KAN" trained, from its PyTorch checkpoint, or one with the same
 * names: `backbone.` and timm's or torchvision's names, then `fc1.`, `fc2.`, … and those of the head's layers: linear ones (CLASSICA),
 * KAF (FOURIER), EfficientKAN (EFFK) or FastKAN (FSTK). Which network it is is told by the weights themselves. Preprocessing is the study's.
 *
 * @param source the bytes of a checkpoint or a safetensors file, or its tensors by name
 * @throws WeightFileError for a file that cannot be read
 * @throws WeightMismatchError for a backbone that is none of `@kanrecon/backbones`, with the names that do not fit the nearest
 * @throws RangeError for a head that is none, other outputs than targets, or a name of another network
 */
export function importCheckpoint(
  source: ArrayBuffer | Uint8Array | Readonly<Record<string, TorchTensor>>,
  options: ImportCheckpointOptions,
): Reconstructor {
  checkOptions('importCheckpoint', options, { ...defaults, name: '', stateDict: '' });
  const { targets, card, name, imageSize = defaults.imageSize, stateDict } = options;
  const isFile = source instanceof ArrayBuffer || source instanceof Uint8Array;
  if (typeof source !== 'object' || source === null) {
    const got = source === null ? 'null' : typeof source;
    throw new TypeError(
      `importCheckpoint: the source is wrong; expected the bytes of a file or tensors by name, got ${got}`,
    );
  }
  if (stateDict !== undefined && !isFile) {
    throw new TypeError(
      'importCheckpoint: stateDict is for the bytes of a PyTorch checkpoint, and the source is tensors by name',
    );
  }
  const tensors = withoutModule(
    Object.entries(isFile ? readWeights(source, stateDict === undefined ? {} : { stateDict }) : source),
  );
  const head = say(() => checkpointHead(Object.fromEntries(tensors.filter(([key]) => !key.startsWith(PREFIX)))));
  if (head.units.at(-1) !== targets.length) {
    throw new RangeError(
      `importCheckpoint: the network has ${head.units.at(-1)} outputs; expected ${targets.length}, one for each of ${targets.map((target) => target.name).join(', ')}`,
    );
  }
  const backbone = Object.fromEntries(tensors.filter(([key]) => key.startsWith(PREFIX)));
  const named = name === undefined ? undefined : modelByName(name);
  const config = {
    imageSize,
    fit,
    trainBackbone: named?.trainBackbone ?? true,
    head: { dropout: 0, ...named?.head, type: head.type, widths: head.units.slice(0, -1) },
  };
  const make = (one: BackboneName) => createReconstructor({ ...config, targets, backbone: one, ...(card && { card }) });
  const reconstructor = withBackbone(head.inputs, backbone, make);
  try {
    if (named) checkName(name!, named, reconstructor);
    weighted(reconstructor.headLayers).forEach((layer, index) => {
      say(() => loadHeadLayer(layer, head.layers[index]!), `fc${index + 1} does not fit: `);
    });
    return reconstructor;
  } catch (error) {
    reconstructor.dispose();
    throw error;
  }
}

/** Without what torch's DataParallel puts before every name. */
function withoutModule(tensors: [string, TorchTensor][]): [string, TorchTensor][] {
  const every = tensors.every(([name]) => name.startsWith('module.'));
  return every ? tensors.map(([name, one]) => [name.slice('module.'.length), one]) : tensors;
}

/** The network whose backbone has those features and takes those weights. */
function withBackbone(
  features: number,
  tensors: Readonly<Record<string, TorchTensor>>,
  make: (name: BackboneName) => Reconstructor,
): Reconstructor {
  const candidates = backboneNames.filter((name) => backboneByName(name).featureSize === features);
  const failures: WeightMismatchError[] = [];
  for (const name of candidates) {
    const reconstructor = make(name);
    try {
      loadWeights(reconstructor.model, tensors, { prefix: PREFIX });
      return reconstructor;
    } catch (error) {
      reconstructor.dispose();
      if (!(error instanceof RangeError)) throw error;
      // With the prefix given, nothing else is out of range: timm's MobileNets, whose norms no reconstructor has.
      if (!(error instanceof WeightMismatchError)) throw otherNorms(error);
      failures.push(error);
    }
  }
  const size = (one: WeightMismatchError) => one.missing.length + one.misshapen.length + one.unexpected.length;
  const [nearest] = failures.sort((a, b) => size(a) - size(b));
  if (nearest) throw nearest;
  const known = backboneNames.map((one) => `${one} (${backboneByName(one).featureSize})`).join(', ');
  throw new RangeError(`importCheckpoint: its head takes ${features} features; expected those of ${known}`);
}

function otherNorms(cause: RangeError): RangeError {
  return new RangeError(
    "importCheckpoint: its backbone is timm's MobileNet, whose batch norms have another epsilon than torchvision's, and is not supported; expected torchvision's MobileNet or another backbone",
    { cause },
  );
}

function checkName(name: string, { backbone, head }: ReturnType<typeof modelByName>, { config }: Reconstructor): void {
  const said = `${backbone}, ${head.type}, widths ${head.widths.join(', ') || 'none'}`;
  const found = `${config.backbone}, ${config.head.type}, widths ${config.head.widths.join(', ') || 'none'}`;
  if (said !== found) {
    throw new RangeError(
      `importCheckpoint: ${name} is another network; expected a name for ${found}, got one for ${said}`,
    );
  }
}

function say<T>(action: () => T, where = ''): T {
  try {
    return action();
  } catch (cause) {
    // What says in which function it was found is of no use here; what names a tensor is.
    const reason = (cause as Error).message.replace(/^importTorchWeights: /, '');
    throw new RangeError(`importCheckpoint: ${where}${reason}`, { cause });
  }
}
