import type { ModelCard } from '../network/model-card.js';
import type { ReconstructorConfig } from '../network/reconstructor-config.js';
import type { Target } from '../targets/target.js';
import type { JsonValue } from './json-value.js';
import type { DataSummary, OptimizerHeader } from './manifest-schema.js';

/** Marks a folder's config.json as ours. */
export const ARTIFACTS_FORMAT = 'kanrecon-reconstructor';
/** Raised when older programs cannot read what newer ones write: 4 has weights in half precision. */
export const ARTIFACTS_VERSION = 4;
/** What is written where nothing is in half precision. */
export const SINGLE_PRECISION_VERSION = 3;

/** config.json: everything about a reconstructor that is not weights. */
export interface ReconstructorManifest {
  readonly format: typeof ARTIFACTS_FORMAT;
  readonly version: number;
  /** The study's name for the model. */
  readonly name: string;
  /** The network, and how an image becomes its input. */
  readonly config: ReconstructorConfig;
  /** What it predicts, with ranges, in the order of the outputs. */
  readonly targets: readonly Target[];
  /** What else is known of it. */
  readonly card: ModelCard;
  /** How an image becomes the input, for readers in other languages: the same as in `config`. */
  readonly preprocessing: { readonly layout: string } & Pick<ReconstructorConfig, 'fit' | 'mean' | 'std'>;
  readonly parameterCount: { readonly trainable: number; readonly total: number };
  /** Versions of the packages that wrote it. */
  readonly versions: Readonly<Record<string, string>>;
  /** Length and SHA-256 of the other files. */
  readonly files: {
    /** Of the text that `JSON.stringify` makes of it. */
    readonly 'model.json': DataSummary;
    readonly 'weights.bin': DataSummary;
    readonly 'optimizer.bin'?: DataSummary;
  };
  /** The optimizer's state without its moments. */
  readonly optimizer?: OptimizerHeader;
  /** What the caller wanted kept: the epoch, metrics, … */
  readonly extra?: JsonValue;
  /** SHA-256 of all of the above, as `manifestChecksum` computes it. */
  readonly checksum: string;
}

/** model.json in TensorFlow.js' own format: `tf.loadLayersModel` reads it once `registerKanLayers()` has been called. */
export interface ModelJson {
  readonly format: 'layers-model';
  readonly generatedBy: string;
  readonly convertedBy: string | null;
  readonly modelTopology: object;
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly ManifestWeight[];
  }[];
}

/** A weight as TensorFlow.js' `weightsManifest` describes it. */
export interface ManifestWeight {
  readonly name: string;
  readonly shape: number[];
  readonly dtype: string;
  /** Where it lies in half precision: `float16`. */
  readonly quantization?: { readonly dtype: string; readonly original_dtype?: string };
}

/** A reconstructor as data: what a folder's files hold. */
export interface ReconstructorArtifacts {
  /** config.json */
  readonly manifest: ReconstructorManifest;
  /** model.json */
  readonly model: ModelJson;
  /** weights.bin: float32, or float16 where it says so, little-endian, in the order of `model.weightsManifest` */
  readonly weights: Uint8Array;
  /** optimizer.bin: for each slot of `manifest.optimizer` the first, then the second moment, then the average of the weights if one is kept; float32, little-endian */
  readonly optimizer?: Uint8Array;
}
