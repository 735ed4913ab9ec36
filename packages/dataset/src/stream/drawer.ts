import { SurfaceError } from '@kanrecon/geometry';
import { loadScene, renderBatch } from '@kanrecon/scene';
import type { StreamAnswer, StreamRequest, StreamWorkerSetup } from './stream-message.js';

/** What a thread does with each request: draws its batch; what goes wrong is an answer, too. */
export function drawer({
  scene: json,
  ...settings
}: StreamWorkerSetup): (request: StreamRequest) => Promise<StreamAnswer> {
  const scene = loadScene(json);
  // It is awaited where a request is answered.
  scene.catch(() => {});
  return async (request) => {
    try {
      return renderBatch(await scene, { ...request, ...settings });
    } catch (error) {
      const { message } = error as Error;
      return { number: request.batch, error: message, isSurfaceError: error instanceof SurfaceError };
    }
  };
}
