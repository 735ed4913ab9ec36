import { SurfaceError } from '@kanrecon/geometry';
import { loadScene, renderBatch } from '@kanrecon/scene';
import { buffersOf, type StreamAnswer, type StreamRequest, type StreamWorkerSetup } from './stream-message.js';

/**
 * What a thread does with each request: draws its batch and posts it. What goes wrong is posted, too, be it drawing or posting: nobody would
 * learn of it otherwise, as what waits for an answer hears of no rejection.
 *
 * @param post sends an answer, with the memory that goes along
 */
export function drawer(
  { scene: json, ...settings }: StreamWorkerSetup,
  post: (answer: StreamAnswer, transfer: ArrayBuffer[]) => void,
): (request: StreamRequest) => Promise<void> {
  const scene = loadScene(json);
  // It is awaited where a request is answered.
  scene.catch(() => {});
  return async (request) => {
    try {
      const batch = renderBatch(await scene, { ...request, ...settings });
      post(batch, buffersOf(batch));
    } catch (error) {
      const { message } = error as Error;
      post({ number: request.batch, error: message, isSurfaceError: error instanceof SurfaceError }, []);
    }
  };
}
