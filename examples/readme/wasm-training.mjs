import '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-wasm';
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { setBackend } from '@tensorflow/tfjs-core';

await setBackend('wasm');
await enableWasmTraining(); // model.fit of tfjs-layers now works; the package's README lists what trains
