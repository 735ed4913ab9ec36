import '@tensorflow/tfjs-backend-wasm';
import { sceneByName } from '@kanrecon/scene';
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { trainExperiment } from '@kanrecon/training';
import { setBackend } from '@tensorflow/tfjs-core';

await setBackend('wasm');
await enableWasmTraining();
const { reconstructor } = await trainExperiment(
  {
    model: { backbone: 'smallCnn', head: { type: 'mlp' }, imageSize: 32 },
    data: { kind: 'stream', epochImages: 256 },
    optimizer: { learningRate: 0.01 },
    budget: { epochs: 1 },
  },
  { scene: sceneByName('observable'), onEvent: ({ type }) => console.log(type) },
);
console.log(reconstructor.name); // SMALLCNN_NODROP_CLASSICA_6
