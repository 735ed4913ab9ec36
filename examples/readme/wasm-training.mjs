import '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-wasm';
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { setBackend } from '@tensorflow/tfjs-core';

await setBackend('wasm');
await enableWasmTraining(); // any tfjs-layers model.fit now works
