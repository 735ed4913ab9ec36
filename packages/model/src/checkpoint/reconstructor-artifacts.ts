import type { FormulaSurfaceDefinition, SurfaceParameter } from '@kanrecon/geometry';
import type { ReconstructorConfig } from '../network/reconstructor-config.js';
import type { AdamWState } from '../optimization/adamw.js';

/** Anything JSON can hold. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Marks a folder's config.json as ours. */
export const ARTIFACTS_FORMAT = 'kanrecon-reconstructor';
/** Raised when older programs cannot read what newer ones write. */
export const ARTIFACTS_VERSION = 1;

/** config.json: everything about a reconstructor that is not weights. */
export interface ReconstructorManifest {
  readonly format: typeof ARTIFACTS_FORMAT;
  readonly version: number;
  /** The study's name for the model. */
  readonly name: string;
  readonly config: ReconstructorConfig;
  /** The surface's name and its parameters with their ranges, in the order of the outputs. */
  readonly surface: {
    readonly name: string;
    readonly parameters: readonly SurfaceParameter[];
    /** For a surface of formulas: what `surfaceFromFormulas` makes it from. */
    readonly definition?: FormulaSurfaceDefinition;
  };
  /** How an image becomes the input, for readers in other languages. */
  readonly preprocessing: {
    readonly layout: string;
    readonly mean: ReconstructorConfig['mean'];
    readonly std: ReconstructorConfig['std'];
  };
  readonly parameterCount: { readonly trainable: number; readonly total: number };
  /** Versions of the packages that wrote it. */
  readonly versions: Readonly<Record<string, string>>;
  /** Length and CRC-32 of the weights. */
  readonly weights: DataSummary;
  /** The optimizer's state without its moments. */
  readonly optimizer?: Omit<AdamWState, 'slots'> & {
    readonly slots: readonly { readonly name: string; readonly shape: readonly number[] }[];
    readonly data: DataSummary;
  };
  /** What the caller wanted kept: the epoch, metrics, … */
  readonly extra?: JsonValue;
}

/** Tells damaged data from sound ones. */
export interface DataSummary {
  readonly byteLength: number;
  readonly crc32: string;
}

/** model.json in TensorFlow.js' own format: `tf.loadLayersModel` reads it once `registerKanLayers()` has been called. */
export interface ModelJson {
  readonly format: 'layers-model';
  readonly generatedBy: string;
  readonly convertedBy: string | null;
  readonly modelTopology: object;
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly { readonly name: string; readonly shape: number[]; readonly dtype: string }[];
  }[];
}

/** A reconstructor as data: what a folder's files hold. */
export interface ReconstructorArtifacts {
  /** config.json */
  readonly manifest: ReconstructorManifest;
  /** model.json */
  readonly model: ModelJson;
  /** weights.bin: float32, little-endian, in the order of `model.weightsManifest` */
  readonly weights: Uint8Array;
  /** optimizer.bin: for each slot of `manifest.optimizer` the first, then the second moment; float32, little-endian */
  readonly optimizer?: Uint8Array;
}
