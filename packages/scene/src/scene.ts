import type { ParametricSurface } from '@kanrecon/geometry';
import type { PatternName } from '@kanrecon/render';

/** A uniform distribution's range; both ends alike is a fixed value. */
export type Range = readonly [min: number, max: number];

/**
 * Where the camera stands: `fitted` moves it until the object just fills the frame, so that absolute size cannot be seen; a
 * distance, in the object's units from its middle, is the same for all objects.
 */
export type CameraPlacement = 'fitted' | { readonly distance: number };

/** Ranges of the camera. */
export interface CameraRanges {
  /** Angles about the world's axes, radians; the orientation is Rz·Ry·Rx, world from camera. */
  readonly x: Range;
  readonly y: Range;
  readonly z: Range;
  readonly placement: CameraPlacement;
  /** Tangent of half the field of view; 0.36 is a 50 mm lens on a sensor of 36 mm. */
  readonly tanHalfFov: Range;
}

/** Ranges of the light. */
export interface LightRanges {
  /** Angle between the sun and the vertical, radians; exactly 0 is the study's sun, which stands 0.4° off. */
  readonly tilt: Range;
  /** Direction of the tilt about the vertical, radians from the x axis. */
  readonly azimuth: Range;
  /** 1 is the study's sun. */
  readonly strength: Range;
  /** Linear light from all around; 0.1987 is the study's. */
  readonly ambient: Range;
}

/** Ranges of what is done to a rendered image, in this order: occluders, blur, noise, JPEG. */
export interface EffectRanges {
  /** Number of opaque shapes in front of the object. */
  readonly occluders: Range;
  /** Gaussian blur's standard deviation in pixels of an image of 128 pixels; it grows with the image. */
  readonly blur: Range;
  /** Standard deviation of each channel's normal noise, in 1/255. */
  readonly noise: Range;
  /** JPEG quality, 1 to 100; 100 is no compression at all. */
  readonly jpeg: Range;
}

/** How the images of a data set are drawn. Shape parameters are uniform over the surface's own ranges. */
export interface Scene {
  readonly name: string;
  /** What it is for, in a sentence. */
  readonly description: string;
  readonly surface: ParametricSurface;
  readonly camera: CameraRanges;
  /** What is painted on the surface. */
  readonly pattern: PatternName;
  /** Range of each channel of the base colour, linear. One colour a shape. */
  readonly baseColor: Range;
  readonly light: LightRanges;
  /** Grey behind the object, bytes. */
  readonly background: Range;
  readonly effects: EffectRanges;
  /** Views of one shape when nothing else is asked for. */
  readonly viewsPerShape: number;
  /** Width and height of the images in pixels when nothing else is asked for. */
  readonly imageSize: number;
}
