import type { RendererSettings } from './manifest-schema.js';
import type { SynthesisResult, SynthesisTask } from './synthesis-worker.js';

/**
 * Another program that renders the images of a data set; this project's own renderer needs none. `@kanrecon/blender` has one. The
 * labels are the same whatever renders.
 */
export interface DatasetRenderer {
  /**
   * What `synthesis.json` says of it. Asked for before anything is written.
   *
   * @throws RendererError if it cannot be used; `signal.reason` when aborted
   */
  settings(signal?: AbortSignal): Promise<RendererSettings>;
  /**
   * Makes the views of all tasks; `synthesizeView` does what is the same for every renderer.
   *
   * @param lanes how many views are in work at once, at most
   * @param onResult told of every view
   * @throws RendererError if it fails; `signal.reason` when aborted
   */
  synthesize(
    tasks: readonly SynthesisTask[],
    lanes: number,
    signal: AbortSignal | undefined,
    onResult: (result: SynthesisResult) => void,
  ): Promise<void>;
}

/** A renderer cannot be used, or has failed. The message is one sentence for people. */
export abstract class RendererError extends Error {
  /** The same error with more to say: "; 7 of 18 images are done, …". */
  abstract withNote(note: string): RendererError;
}
