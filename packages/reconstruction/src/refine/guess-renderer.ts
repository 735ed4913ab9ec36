import { SurfaceError } from '@kanrecon/geometry';
import { renderSurface } from '@kanrecon/render';
import { cameraOptions, lightOptions, type Scene } from '@kanrecon/scene';
import type { Guess } from './guess.js';
import { softenImage } from './soften-image.js';

/** A picture of a guess. */
export interface GuessImage {
  /** [size, size, 3], 0 to 255. */
  readonly pixels: Float32Array;
  /** [size, size], 0 to 255: how much of a pixel the object covers. */
  readonly coverage: Uint8Array;
}

/** Draws guesses, and counts how many. */
export class GuessRenderer {
  renderings = 0;
  private readonly scratch = new Map<number, Float32Array>();

  constructor(private readonly scene: Scene) {}

  /**
   * @param size in pixels
   * @param blur see {@link softenImage}
   * @returns undefined where there is no such object, as its surface is not finite there
   */
  draw(guess: Guess, size: number, blur: number): GuessImage | undefined {
    const { scene } = this;
    const parameters = Object.fromEntries(
      scene.surface.parameters.map(({ name, min, max }, i) => [name, min + (max - min) * guess.shape[i]!]),
    );
    const { baseColor, background, cameraAngles, tanHalfFov, light } = guess;
    const shape = { parameters, baseColor };
    const view = { cameraAngles, tanHalfFov, light, background: 0, effects: noEffects };
    this.renderings++;
    try {
      const { image, coverage } = renderSurface(scene.surface, parameters, {
        size,
        ...cameraOptions(scene, shape, view),
        ...lightOptions(light),
        pattern: scene.pattern,
        baseColor,
        background: background.map(Math.round) as unknown as typeof background,
      });
      const pixels = Float32Array.from(image.data);
      return { pixels: softenImage(pixels, size, blur, this.scratchOf(pixels.length)), coverage };
    } catch (error) {
      if (error instanceof SurfaceError) return undefined;
      throw error;
    }
  }

  private scratchOf(length: number): Float32Array {
    const found = this.scratch.get(length) ?? new Float32Array(length);
    this.scratch.set(length, found);
    return found;
  }
}

const noEffects = { occluders: 0, blur: 0, noise: 0, jpeg: 100, seed: 0 };
