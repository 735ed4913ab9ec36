import '@tensorflow/tfjs-backend-wasm';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { setBackend } from '@tensorflow/tfjs-core';
import { reconstructDisc } from '../small-reconstruction.js';

/** What the page tells the test: plain arrays, which cross over. */
async function reconstructInBrowser() {
  setWasmPaths('/');
  await setBackend('wasm');
  const { parameters, normalized, baseColor, mesh, rendering } = await reconstructDisc();
  return {
    parameters,
    normalized: [...normalized],
    baseColor: [...baseColor],
    positions: [...mesh.positions],
    rendering: [...rendering.data],
  };
}

Object.assign(self, { reconstructInBrowser });

export type BrowserReconstruction = Awaited<ReturnType<typeof reconstructInBrowser>>;
