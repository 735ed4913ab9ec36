import { SurfaceError } from '@kanrecon/geometry';
import { renderSurface, type Vector3 } from '@kanrecon/render';
import { cameraOptions, lightOptions, type Scene } from '@kanrecon/scene';
import { type Backdrop, behind } from './backdrop.js';
import type { Guess } from './guess.js';
import { softenImage } from './soften-image.js';

/** A picture of a guess. */
export interface GuessImage {
  /** [size, size, 3], 0 to 255; of a level with a `look` what that makes of them. */
  readonly pixels: Float32Array;
  /** [size, size], 0 to 255: how much of a pixel the object covers. */
  readonly coverage: Uint8Array;
}

/** Draws guesses, and counts how many. */
export class GuessRenderer {
  renderings = 0;
  private readonly scratch = new Map<number, Float32Array>();

  /** By size: what is to be added where nothing covers the background, [size, size, 3]. */
  private readonly backdrops = new Map<number, Float32Array>();

  constructor(
    private readonly scene: Scene,
    private backdrop?: Backdrop,
  ) {}

  /** Draws what lies behind differently from now on. */
  standBefore(backdrop: Backdrop): void {
    this.backdrop = backdrop;
    this.backdrops.clear();
  }

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
      if (this.backdrop?.slopes || this.backdrop?.picture)
        setBefore(this.backdropOf(this.backdrop, background, size), pixels, coverage);
      return { pixels: softenImage(pixels, size, blur, this.scratchOf(pixels.length)), coverage };
    } catch (error) {
      if (error instanceof SurfaceError) return undefined;
      throw error;
    }
  }

  private backdropOf(backdrop: Backdrop, background: Vector3, size: number): Float32Array {
    const found = this.backdrops.get(size);
    if (found) return found;
    const made = Float32Array.from({ length: 3 * size * size }, (_, i) => {
      const c = i % 3;
      return behind(backdrop, Math.floor(i / 3), c, size) - Math.round(background[c]!);
    });
    this.backdrops.set(size, made);
    return made;
  }

  private scratchOf(length: number): Float32Array {
    const found = this.scratch.get(length) ?? new Float32Array(length);
    this.scratch.set(length, found);
    return found;
  }
}

function setBefore(added: Float32Array, pixels: Float32Array, coverage: Uint8Array): void {
  for (let pixel = 0; pixel < coverage.length; pixel++) {
    const shows = 1 - coverage[pixel]! / 255;
    for (let i = 3 * pixel; i < 3 * pixel + 3; i++) pixels[i]! += shows * added[i]!;
  }
}

const noEffects = { occluders: 0, blur: 0, noise: 0, jpeg: 100, seed: 0 };
