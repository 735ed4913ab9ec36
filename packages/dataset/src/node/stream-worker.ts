import { parentPort, workerData } from 'node:worker_threads';
import { SurfaceError } from '@kanrecon/geometry';
import type { CameraTarget, SceneJson } from '@kanrecon/scene';
import { loadScene, renderBatch, type StreamBatch } from '@kanrecon/scene';

/** What a rendering thread is started with. */
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

const { scene: json, ...settings } = workerData as StreamWorkerSetup;
const port = parentPort!;
const scene = loadScene(json);
// It is awaited where a request is answered.
scene.catch(() => {});

port.on('message', async (request: StreamRequest) => {
  try {
    const batch = renderBatch(await scene, { ...request, ...settings });
    port.postMessage(batch, [batch.images.buffer as ArrayBuffer, batch.targets.buffer as ArrayBuffer]);
  } catch (error) {
    port.postMessage({
      number: request.batch,
      error: (error as Error).message,
      isSurfaceError: error instanceof SurfaceError,
    } satisfies StreamAnswer);
  }
});
