import { checkOptions, denormalizeParameters, type OptionNames } from '@kanrecon/geometry';
import { type FitImageOptions, fitImage, type InputImage } from '@kanrecon/image';
import type { CameraAngles, RgbImage, Vector3 } from '@kanrecon/render';
import { type DrawnView, estimateBaseColor, renderView, type Scene, typicalView } from '@kanrecon/scene';
import { defaultCamera } from './network-camera.js';

/** Options of {@link rebuild}. */
export interface RebuildOptions {
  /** What the images show that the network was trained on, with the ranges that it learned: the rendering shows the same. */
  readonly scene: Scene;
  /** How the object is looked at and lit; when left out from `cameraAngles` in the scene's typical light. */
  readonly view?: DrawnView;
  /** Where it is looked at from, radians, such as `networkCamera` found; when left out from above, at an angle of 50° to the vertical. */
  readonly cameraAngles?: CameraAngles;
  /** Width and height of the rendering in pixels; 512 when left out. */
  readonly renderingSize?: number;
}

/** The options of {@link rebuild}, by name. */
export const rebuildNames: OptionNames<RebuildOptions> = { scene: 1, view: 1, cameraAngles: 1, renderingSize: 1 };

/** What one image gave, but for the mesh. */
export interface RebuiltObject {
  /** In their units, as the network found them: also outside the surface's ranges, as an evaluation scores them. */
  readonly parameters: Readonly<Record<string, number>>;
  /** The same, moved to the nearest end of the range where they lie outside: what rendering, colour and mesh are made with. */
  readonly drawnParameters: Readonly<Record<string, number>>;
  /** As the network found them, scaled so that 0 … 1 is the range, in the surface's order. */
  readonly normalized: Float32Array;
  /** Names of those that lay outside their range. */
  readonly outsideRange: readonly string[];
  readonly view: DrawnView;
  /** Linear RGB, estimated from the image; mid grey where the scene's pattern does not show it. */
  readonly baseColor: Vector3;
  /** What was found, seen from the view. */
  readonly rendering: RgbImage;
}

const defaultSize = 512;
/** Colour is estimated on an image of this many pixels. */
const colorSize = 64;

/**
 * An image as {@link rebuild} takes it: as small as colour needs it, fitted as the network's images are.
 *
 * @param imageSize the network's, which `fit.shorterSide` goes with: not needed without that
 */
export function colorImage(image: InputImage, fit: FitImageOptions, imageSize?: number): RgbImage {
  const { shorterSide } = fit;
  if (shorterSide !== undefined && imageSize === undefined) {
    throw new Error("colorImage: fit.shorterSide goes with the network's size; expected imageSize, got nothing");
  }
  const scaled = shorterSide && Math.max(colorSize, Math.round((shorterSide * colorSize) / imageSize!));
  return { width: colorSize, height: colorSize, data: fitImage(image, colorSize, { ...fit, shorterSide: scaled }) };
}

/**
 * From what a network found in an image to its units, a colour and a rendering: the part of {@link reconstruct} after the network, for
 * programs that hand it many images at once. Pure.
 *
 * @param normalized the network's numbers for the surface's parameters, in the surface's order
 * @param image what {@link colorImage} gave
 * @throws if a number is none
 */
export function rebuild(normalized: Float32Array, image: RgbImage, options: RebuildOptions): RebuiltObject {
  checkOptions('rebuild', options, rebuildNames);
  const { scene, renderingSize = defaultSize } = options;
  const { surface } = scene;
  if (!normalized.every(Number.isFinite)) {
    throw new Error(`rebuild: the network is broken; expected numbers, got ${normalized.join(', ')}`);
  }
  const inside = normalized.map((value) => Math.min(1, Math.max(0, value)));
  const drawnParameters = denormalizeParameters(surface, inside);
  const view = options.view ?? typicalView(scene, options.cameraAngles ?? defaultCamera);
  const baseColor = estimateBaseColor(image, scene, drawnParameters, view);
  const shape = { parameters: drawnParameters, baseColor };
  return {
    parameters: denormalizeParameters(surface, normalized),
    drawnParameters,
    normalized,
    outsideRange: surface.parameters.map(({ name }) => name).filter((_, i) => normalized[i] !== inside[i]),
    view,
    baseColor,
    rendering: renderView(scene, shape, view, { size: renderingSize, effects: false }).image,
  };
}
