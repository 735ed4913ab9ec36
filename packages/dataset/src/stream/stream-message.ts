import type { CameraTarget, SceneJson, StreamBatch } from '@kanrecon/scene';

/** What a thread that draws is started with. */
export interface StreamWorkerSetup {
  readonly scene: SceneJson;
  readonly seed: number;
  readonly batchSize: number;
  readonly imageSize: number;
  readonly cameraTargets?: readonly CameraTarget[];
}

/** Asks for a batch; the buffers of one that is done with come along to be filled again. */
export interface StreamRequest {
  readonly batch: number;
  readonly images?: Uint8Array<ArrayBuffer>;
  readonly targets?: Float32Array<ArrayBuffer>;
}

/** What comes back. An error's own class would not survive the way. */
export type StreamAnswer =
  | StreamBatch
  | { readonly number: number; readonly error: string; readonly isSurfaceError: boolean };

/** The memory that goes along with a message, instead of being copied. */
export function buffersOf({ images, targets }: { images?: Uint8Array; targets?: Float32Array }): ArrayBuffer[] {
  return [images, targets].flatMap((array) => (array ? [array.buffer as ArrayBuffer] : []));
}
