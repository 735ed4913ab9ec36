import type { Mesh } from '@kanrecon/geometry';
import type { ReconstructorArtifacts } from '@kanrecon/model';
import type { PretrainedName } from '@kanrecon/pretrained';
import type { Estimate, Misfit, ParameterEstimate, RefineProgress, Verdict } from '@kanrecon/reconstruction';
import type { CameraAngles, Vector3 } from '@kanrecon/render';
import type { DrawnView, ParameterRange, SceneJson } from '@kanrecon/scene';
import type { Picture } from '../image/picture.js';
import type { ModelName } from '../state/model-name.js';
import type { ViewerEvaluation } from '../state/runs/viewer-run.js';
import type { KeptModel } from '../storage/kept-model.js';
import type { EdgeInside, HeadInside, Identified, MeshComparison, VertexDistances } from './findings.js';
import type { NetworkKind } from './network-kind.js';

// All that the page and its worker say to each other. Everything is plain data: it is cloned on its way.

/** A trained network, as far as the page needs to know it. */
export interface ModelInfo {
  readonly name: ModelName;
  /** What its images show, and the ranges that it learned. */
  readonly scene: SceneJson;
  readonly ranges: readonly ParameterRange[];
  /** Parameters that leave no trace in such images. */
  readonly invisible: readonly string[];
  /** What such images cannot tell, in sentences. */
  readonly limits: readonly string[];
  /** Of one that lies beside the page: its folder there. */
  readonly served?: string;
  /** What a training that begins from it needs to know. */
  readonly network: NetworkKind;
}

/** Both ends, in units. */
export type Interval = readonly [low: number, high: number];

/** What one network says of an image. */
export interface NetworkAnswer {
  readonly model: ModelName;
  /** By name, in units, as it found them. */
  readonly parameters: Readonly<Record<string, number>>;
  /** The same, moved into their ranges. */
  readonly drawnParameters: Readonly<Record<string, number>>;
  readonly outsideRange: readonly string[];
  /** By name, in units: where the real value lies in 90 of 100 images such as the network was trained on. */
  readonly intervals90: Readonly<Record<string, Interval>>;
  readonly view: DrawnView;
  /** Linear RGB. */
  readonly baseColor: Vector3;
  /** Mean difference between its rendering and the image, of 255: which network comes first before the verdict. */
  readonly difference: number;
  /** What refinement begins with. */
  readonly start: RefineBegin;
}

/** `RefineStart` of `@kanrecon/reconstruction` as plain data. */
export interface RefineBegin {
  readonly normalized?: readonly number[];
  readonly spread?: readonly number[];
  readonly cameraAngles?: CameraAngles;
  readonly cameraSpread?: number;
  readonly baseColor?: Vector3;
}

/** How well a model fits an image. */
export interface ModelVerdict {
  readonly model: ModelName;
  readonly verdict: Verdict;
}

/** What is told while an object is refined. */
export type RefineStep = Omit<RefineProgress, 'budget'>;

/** What refinement found. */
export interface RefinedObject {
  readonly model: ModelName;
  readonly verdict: Verdict;
  readonly calibrated: boolean;
  readonly parameters: Readonly<Record<string, number>>;
  readonly normalized: readonly number[];
  readonly estimates: Readonly<Record<string, ParameterEstimate>>;
  readonly combinations: Readonly<Record<string, Estimate>>;
  readonly view: DrawnView;
  readonly baseColor: Vector3;
  readonly misfit: Misfit;
  readonly renderings: number;
  /** By name, in units: what the user said is known. */
  readonly known: Readonly<Record<string, number>>;
}

/** A sample image, drawn from a scene and a seed. */
export interface Sample {
  readonly scene: PretrainedName;
  readonly seed: number;
  readonly picture: Picture;
}

/** Every request by name: what goes in, what comes out, and what is told meanwhile. */
export interface Requests {
  /** The networks that there are; loads them. */
  models: { input: null; output: readonly ModelInfo[]; event: never };
  /** Why models that lie beside the page could not be loaded, in sentences; those that come with it must be there. */
  missing: { input: null; output: readonly string[]; event: never };
  samples: {
    input: readonly { readonly scene: PretrainedName; readonly seed: number }[];
    output: readonly Sample[];
    event: never;
  };
  /** Decodes a file. `event`: the image as it is kept, before any network has seen it. */
  read: {
    input: { readonly name: string; readonly file: Blob };
    output: { readonly answers: readonly NetworkAnswer[] };
    event: Picture;
  };
  /** All networks' answers to an image, the one whose rendering is nearest to it first. */
  answer: { input: Picture; output: { readonly answers: readonly NetworkAnswer[] }; event: never };
  /** Which of these models an image is for, the best first; the likely ones come first. */
  choose: {
    input: { readonly picture: Picture; readonly models: readonly ModelName[] };
    output: readonly ModelVerdict[];
    event: never;
  };
  refine: {
    input: {
      readonly picture: Picture;
      readonly model: ModelName;
      readonly start: RefineBegin;
      readonly known: Readonly<Record<string, number>>;
      readonly seed: number;
    };
    output: RefinedObject;
    event: RefineStep;
  };
  /** How far two meshes are apart. `event`: what the vertices are coloured by, which is there long before the rest. */
  compare: {
    input: { readonly a: Mesh; readonly b: Mesh };
    output: MeshComparison;
    event: VertexDistances;
  };
  /** A network's head as a picture, without the edges that count for less than `threshold`. `event`: images drawn for it. */
  inside: {
    input: {
      readonly model: ModelName;
      readonly threshold: number;
      /** How many edges are drawn, the strongest. */
      readonly drawn: number;
      readonly picture?: Picture;
    };
    output: HeadInside;
    event: { readonly done: number; readonly total: number };
  };
  /** One edge of a head that was looked into with the same threshold; counted from 0. */
  edge: {
    input: {
      readonly model: ModelName;
      readonly threshold: number;
      readonly layer: number;
      readonly input: number;
      readonly unit: number;
    };
    output: EdgeInside;
    event: never;
  };
  /** What images of a scene tell of its parameters. `event`: objects looked at. */
  identify: { input: SceneJson; output: Identified; event: { readonly done: number; readonly total: number } };
  /** Takes a network that was trained here among those that answer, in place of an earlier one of that name. */
  takeOwn: {
    input: { readonly name: ModelName; readonly artifacts: ReconstructorArtifacts };
    output: ModelInfo;
    event: never;
  };
  /** Takes one that the browser has kept. */
  loadOwn: { input: ModelName; output: ModelInfo; event: never };
  /** Takes one from files, an archive or what lies in a model's folder, and keeps it. */
  openOwn: {
    input: {
      /** The name that it gets if no model has it, among them those that are `taken`. */
      readonly wanted: ModelName;
      readonly taken: readonly ModelName[];
      readonly files: readonly { readonly path: string; readonly file: Blob }[];
    };
    /** `kept` has the name that it was given. `unkept`: why it could not be kept, in a sentence. */
    output: { readonly info: ModelInfo; readonly kept: KeptModel; readonly unkept?: string };
    event: never;
  };
  /** A network's weights and all that describes it, which a training begins from. */
  artifacts: { input: ModelName; output: ReconstructorArtifacts; event: never };
  forgetOwn: { input: ModelName; output: null; event: never };
  /** One of them as a file that `kanrecon predict` reads. `log`: how it was trained, `log.jsonl` in it. */
  ownFile: { input: { readonly name: ModelName; readonly log?: string }; output: Blob; event: never };
  /** What one model says of an image; of one from a file as `read` has it. */
  answerBy: {
    input: {
      readonly picture: Picture;
      readonly file?: { readonly name: string; readonly file: Blob };
      readonly model: ModelName;
    };
    output: NetworkAnswer;
    event: never;
  };
  /** An image such as a model was trained on. */
  drawFor: {
    /** `shape`: its number, 0 when left out. */
    input: { readonly model: ModelName; readonly seed: number; readonly shape?: number };
    output: Picture;
    event: never;
  };
  /** How good a network is on new images of its scene, drawn from a seed. `event`: images drawn for it. */
  score: {
    input: { readonly model: ModelName; readonly images: number; readonly seed: number };
    output: Pick<ViewerEvaluation, 'scene' | 'told' | 'predictions' | 'parameters'>;
    event: { readonly done: number; readonly total: number };
  };
}

/** What a worker can be asked for, by name. */
export type RequestTable<R> = {
  readonly [N in keyof R]: { readonly input: unknown; readonly output: unknown; readonly event: unknown };
};

/** From the page to a worker. */
export type ToWorker<R = Requests> =
  | {
      [N in keyof R]: {
        readonly kind: 'ask';
        readonly id: number;
        readonly name: N;
        readonly input: R[N] extends { readonly input: infer I } ? I : never;
      };
    }[keyof R]
  | { readonly kind: 'stop'; readonly id: number };

/** From a worker to the page. */
export type FromWorker =
  | { readonly kind: 'event'; readonly id: number; readonly event: unknown }
  | { readonly kind: 'done'; readonly id: number; readonly output: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly sentence: string; readonly stopped: boolean };
