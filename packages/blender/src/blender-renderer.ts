import { checkOptions } from '@kanrecon/geometry';
import type { Rendering } from '@kanrecon/render';
import { developImage } from '@kanrecon/render';
import type { DrawnShape, DrawnView, Scene } from '@kanrecon/scene';
import { applyEffects } from '@kanrecon/scene';
import { type BlenderProcess, startBlender } from './blender-process.js';
import { blenderVersion } from './blender-version.js';
import { blenderView } from './blender-view.js';
import { surfaceMeshFile } from './surface-mesh-file.js';

/** Options of {@link openBlender}. */
export interface OpenBlenderOptions {
  /** The program: a path, or a name that is looked up as the shell would; `blender` when left out. */
  readonly path?: string;
  /** Kills Blender when aborted. */
  readonly signal?: AbortSignal;
}

/** Options of {@link BlenderRenderer.render}. */
export interface BlenderViewOptions {
  /** Width and height in pixels. */
  readonly size: number;
  /** Paths a pixel: more is less grainy and takes longer. 32 when left out. */
  readonly samples?: number;
  /** Seed of the paths, a 31-bit whole number; 0 when left out. */
  readonly seed?: number;
  /** Whether ambient light is kept off by the object itself and light bounces, as in a photo; true when left out. */
  readonly occlusion?: boolean;
  /** Whether to add the view's occluders, blur, noise and JPEG; true when left out. */
  readonly effects?: boolean;
}

/** What is used when nothing else is asked for. */
export const blenderDefaults = { path: 'blender', samples: 32, seed: 0, occlusion: true, effects: true } as const;

/**
 * Starts an installed Blender (3.0 or later) to render views with: what `renderView` draws, path-traced by Cycles.
 *
 * @throws BlenderError if there is none at the path, or it does not work; `signal.reason` when aborted
 */
export async function openBlender(options: OpenBlenderOptions = {}): Promise<BlenderRenderer> {
  checkOptions('openBlender', options, { path: 1, signal: 1 });
  const { path = blenderDefaults.path, signal } = options;
  const version = await blenderVersion(path, signal);
  return new CyclesRenderer(version, await startBlender(path, { ...(signal && { signal }) }));
}

/** A running Blender. */
export interface BlenderRenderer {
  /** Of Blender: `3.4.1`. */
  readonly version: string;
  /**
   * The image of a drawn shape in a drawn view, as `renderView` gives it but path-traced. The pixels are developed here, with
   * the same tone curve, background and effects. One call at a time. The same arguments give the same bytes with the same
   * version of Blender on the same kind of processor.
   *
   * @throws BlenderError if Blender fails or ends; `signal.reason` when aborted
   */
  render(scene: Scene, shape: DrawnShape, view: DrawnView, options: BlenderViewOptions): Promise<Rendering>;
  /** Ends Blender; to be called when done. */
  close(): Promise<void>;
}

class CyclesRenderer implements BlenderRenderer {
  private last: { readonly surface: unknown; readonly key: string; readonly mesh: Uint8Array } | undefined;

  constructor(
    readonly version: string,
    private readonly process: BlenderProcess,
  ) {}

  async render(scene: Scene, shape: DrawnShape, view: DrawnView, options: BlenderViewOptions): Promise<Rendering> {
    checkOptions('render', options, { size: 1, samples: 1, seed: 1, occlusion: 1, effects: 1 });
    const { size, samples, seed, occlusion, effects } = { ...blenderDefaults, ...options };
    const mesh = this.meshOf(scene, shape);
    const job = { ...blenderView(scene, shape, view), mesh, size, samples, seed, occlusion };
    const light = await this.process.render(job);
    const { background } = view;
    const rendering = developImage(light, { size, background: [background, background, background] });
    if (effects) applyEffects(rendering.image, view.effects);
    return rendering;
  }

  /** The views of a shape mostly come one after the other: the last mesh is kept. */
  private meshOf(scene: Scene, shape: DrawnShape): Uint8Array {
    const { surface, pattern } = scene;
    const key = JSON.stringify([pattern, shape]);
    if (this.last?.surface !== surface || this.last.key !== key) {
      this.last = { surface, key, mesh: surfaceMeshFile(scene, shape) };
    }
    return this.last.mesh;
  }

  close(): Promise<void> {
    return this.process.close();
  }
}
