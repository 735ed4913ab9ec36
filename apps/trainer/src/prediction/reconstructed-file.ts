import type { ImageOutputs } from './image-outputs.js';
import type { ReconstructionJson } from './reconstruction-json.js';

/** An image and its numbers. */
export interface ReconstructedFile {
  /** As it was named. */
  readonly path: string;
  readonly outputs: ImageOutputs;
  readonly json: ReconstructionJson;
}
