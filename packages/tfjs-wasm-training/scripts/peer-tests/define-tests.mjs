// The entry of the bundle: tfjs-core's compiled tests, for the WASM backend alone. They are ES modules without extensions and without
// "type": "module", which Node.js does not load; and they must share one copy of tfjs-core with the backend and with this package.
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-core';
import { ENGINE } from '@tensorflow/tfjs-core/dist/engine';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import '@tensorflow/tfjs-core/dist/register_all_gradients';

/**
 * Declares the tests to jasmine. Every suite makes the backend anew; with `training` it then gets this package's kernels, and `training` is
 * told what they are.
 */
export function defineTests({ wasmDirectory, training }) {
  setWasmPaths(wasmDirectory);
  setTestEnvs([{ name: 'wasm', backendName: 'wasm', isDataSync: true }]);
  if (training) {
    const { setBackend } = ENGINE;
    ENGINE.setBackend = async function (name) {
      const started = await setBackend.call(this, name);
      if (name === 'wasm') training(await enableWasmTraining());
      return started;
    };
  }
  require('@tensorflow/tfjs-core/dist/tests');
}
