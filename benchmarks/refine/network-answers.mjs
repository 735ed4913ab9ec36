// What the network that ships for a scene says of an image.
import { loadPretrained } from '@kanrecon/pretrained/node';
import { networkStart } from '@kanrecon/reconstruction';
import { setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';

/** @returns from an image to where refinement starts */
export async function networkAnswers(scene) {
  await setBackend('wasm');
  const { reconstructor } = await loadPretrained(scene.name);
  return async (image) => networkStart(reconstructor, await reconstructor.predict(image), scene);
}
