import '@tensorflow/tfjs-backend-wasm';
import { decodeImage } from '@kanrecon/dataset/node'; // uses sharp; in a browser pass a canvas' ImageData instead
import { reconstruct } from '@kanrecon/reconstruction';
import { loadModel } from '@kanrecon/training/node'; // a browser takes fetchReconstructor and modelScene
import { setBackend } from '@tensorflow/tfjs-core';

await setBackend('wasm');
const { reconstructor, scene } = await loadModel('runs/demo'); // of `npm run demo`; or a model's folder by itself, or its address
const image = await decodeImage('dataset/sample/test/images/3DfORMULA_1000_vers0.png');
const { parameters, mesh, rendering } = await reconstruct(image, reconstructor, { scene });
console.log(parameters, mesh.positions.length / 3, rendering.width); // { radius, … } 40401 512
