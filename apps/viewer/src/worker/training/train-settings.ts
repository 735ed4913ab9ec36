import type { SceneJson } from '@kanrecon/scene';
import type { ModelName } from '../../state/model-name.js';
import type { NetworkKind } from '../network-kind.js';

/** What a training is made with, as it is chosen on the page. */
export interface TrainSettings {
  /** What is drawn: a scene by its name, or one that is written down. */
  readonly scene: string | SceneJson;
  readonly backbone: 'smallCnn' | 'squeezeNet11';
  /** One of `headTypes` of @kanrecon/model. */
  readonly head: string;
  readonly epochs: number;
  /** Images an epoch, each drawn anew. */
  readonly epochImages: number;
  readonly seed: number;
  /** Pixels. */
  readonly imageSize: number;
  readonly batchSize: number;
  /** The schedule's highest. */
  readonly learningRate: number;
  /** Whether the network also learns what shows of the camera. */
  readonly camera: boolean;
  /** Whether it says how sure it is. */
  readonly intervals: boolean;
  /** Threads that draw images; 0 for as many as go with the processor. The numbers do not depend on it. */
  readonly drawers: number;
  /** The trained network whose weights it begins with, and what its features hang on; without it, it begins with random ones. */
  readonly begin?: Pick<NetworkKind, 'widths' | 'fit' | 'mean' | 'std'> & { readonly model: ModelName };
}
