import '@tensorflow/tfjs-backend-wasm';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { setBackend } from '@tensorflow/tfjs-core';
import { type LoadPretrainedOptions, loadPretrained } from '../../src/index.js';
import { drawnImage } from '../drawn-image.js';

/** What a shipped model says in a page of the drawn image, as a plain array, which crosses over. */
async function predictInBrowser(options: LoadPretrainedOptions): Promise<number[]> {
  setWasmPaths('/');
  await setBackend('wasm');
  const { reconstructor } = await loadPretrained('observable', options);
  const { normalized } = await reconstructor.predict(drawnImage());
  reconstructor.dispose();
  return [...normalized];
}

Object.assign(self, { predictInBrowser });
