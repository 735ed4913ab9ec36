import { basename, posix } from 'node:path';
import type { Label } from '@kanrecon/dataset';
import type { NetworkCamera, NetworkStart } from '@kanrecon/reconstruction';
import type { Scene } from '@kanrecon/scene';
import { type CalibratedIntervals, type Calibration, calibratedIntervals } from '@kanrecon/training';
import { anglesJson, type CameraAnglesJson } from './camera-angles-json.js';
import type { PredictionLimits } from './image-limits.js';
import type { ImageOutputs } from './image-outputs.js';
import type { DrawnObject } from './prediction-worker.js';
import { type RefinedJson, refinedJson, samplesJson } from './refined-json.js';

/** What one image gave, as `<name>.json` says it. */
export interface ReconstructionJson {
  /** Where the image lies, from this file's folder; as it was given where it came through a pipe. */
  image: string;
  model: string;
  surface: string;
  /** Name of the scene that is rendered. */
  scene: string;
  /** In their units, as the network found them: the numbers that `evaluate` scores. */
  parameters: Readonly<Record<string, number>>;
  /** What mesh and rendering show: the best shape of the refinement, or, without one, the same moved into the surface's ranges. */
  drawn_parameters: Readonly<Record<string, number>>;
  /** As the network found them, scaled so that 0 … 1 is the range. */
  normalized: Record<string, number>;
  /** How sure the network is, in their units: standard deviations. Of a network that says so. */
  spread?: Record<string, number>;
  /**
   * In their units and within their ranges: intervals that hold the real value in 50 and in 90 of 100 images such as the network was
   * trained on. Of a network that says how sure it is.
   */
  intervals?: Readonly<Record<string, CalibratedIntervals>>;
  /** Names of those that lay outside their range. */
  outside_range: readonly string[];
  /** Names of those that such images do not show at all, whose numbers mean nothing; `null` where the network's card does not say. */
  invisible: readonly string[] | null;
  /** Names of the others: nothing tells how far their numbers can be trusted. */
  unchecked: readonly string[];
  /** Real values, when the image has a label. */
  real?: Readonly<Record<string, number>>;
  /** What the network said before anything was refined. */
  network: NetworkJson;
  /** What was found by rendering; left out with `--no-refine`, and for images that are too small. */
  refined?: RefinedJson;
  /** Shapes that the image may show, by parameter, all equally probable: the i-th numbers of all are one shape. Of a refined object. */
  samples?: Readonly<Record<string, readonly number[]>>;
  /** Of the rendering, degrees. */
  camera_angles: CameraAnglesJson;
  /** `network`: those that it found of them, in `camera_found`, and what is typical of the others. */
  camera_from: 'refined' | 'label' | 'network' | 'default';
  camera_found?: readonly string[];
  /** Linear RGB, estimated from the image; mid grey where the scene's pattern does not show it. */
  base_color: readonly number[];
  /** Left out with `--no-mesh`. */
  mesh?: string;
  rendering: string;
  /** The rendering laid over the image. Of a refined object. */
  overlay?: string;
  /** What was strange about the image, if anything was. */
  warning?: string;
}

/** A network's own numbers. */
export interface NetworkJson {
  /** In their units, as the network found them. */
  parameters: Readonly<Record<string, number>>;
  /** As `intervals` above. */
  intervals?: Readonly<Record<string, CalibratedIntervals>>;
  /** Those that lay outside their range, and the end of it that they were moved to before anything was drawn or refined. */
  clipped: Readonly<Record<string, { from: number; to: number }>>;
  /** Degrees; those that it found. */
  camera_angles?: Partial<CameraAnglesJson>;
}

/** What is known of an image's numbers beside themselves. */
interface About {
  readonly model: string;
  readonly scene: Scene;
  readonly outputs: ImageOutputs;
  readonly limits: PredictionLimits | undefined;
  readonly calibration: Calibration | undefined;
  readonly label: Label | undefined;
  /** Whether the view is a label's. */
  readonly viewed: boolean;
  readonly warning: string | undefined;
}

/** What the network says of one image. */
export interface NetworkNumbers {
  /** The shape and how sure the network is of it, as refinement begins with them. */
  readonly start: NetworkStart;
  /** Of a network that finds it. */
  readonly camera?: NetworkCamera;
}

/** What one image gave, written down. */
export function reconstructionJson(
  { parameters, drawnParameters, outsideRange, baseColor, view, mesh, refined }: DrawnObject,
  { start: { normalized, spread }, camera }: NetworkNumbers,
  { model, scene, outputs, limits, calibration, label, viewed, warning }: About,
): ReconstructionJson {
  const ranges = scene.surface.parameters;
  const names = ranges.map(({ name }) => name);
  const invisible = limits?.invisible ?? null;
  const base = posix.basename(outputs.name);
  const intervals = spread && calibration && calibratedIntervals(calibration, ranges, normalized, spread);
  const clipped = ranges.flatMap(({ name, min, max }) => {
    const from = parameters[name]!;
    return outsideRange.includes(name) ? [[name, { from, to: from < min ? min : max }] as const] : [];
  });
  return {
    image: outputs.image,
    model,
    surface: scene.surface.name,
    scene: scene.name,
    parameters,
    drawn_parameters: drawnParameters,
    normalized: Object.fromEntries(names.map((name, i) => [name, normalized[i]!])),
    ...(spread && {
      spread: Object.fromEntries(ranges.map(({ name, min, max }, i) => [name, spread[i]! * (max - min)])),
    }),
    ...(intervals && { intervals }),
    outside_range: outsideRange,
    invisible,
    unchecked: names.filter((name) => !invisible?.includes(name)),
    ...(label && { real: label.parameters }),
    network: {
      parameters,
      ...(intervals && { intervals }),
      clipped: Object.fromEntries(clipped),
      ...(camera && { camera_angles: foundAngles(camera) }),
    },
    ...(refined && { refined: refinedJson(refined, scene), samples: samplesJson(refined, scene) }),
    camera_angles: anglesJson(view.cameraAngles),
    camera_from: viewed ? 'label' : refined ? 'refined' : camera ? 'network' : 'default',
    ...(!viewed && !refined && camera && { camera_found: camera.found }),
    base_color: [...baseColor],
    ...(mesh && outputs.format && { mesh: `${base}.${outputs.format}` }),
    rendering: `${base}.png`,
    ...(refined && outputs.overlay && { overlay: basename(outputs.overlay) }),
    ...(warning && { warning }),
  };
}

function foundAngles({ cameraAngles, found }: NetworkCamera): Partial<CameraAnglesJson> {
  const all = anglesJson(cameraAngles);
  return Object.fromEntries(found.map((name) => [`${name}_angle`, all[`${name}_angle`]]));
}
