import '@tensorflow/tfjs-backend-wasm';
import { loadPretrained } from '@kanrecon/pretrained/node'; // a browser takes '@kanrecon/pretrained'
import { reconstruct } from '@kanrecon/reconstruction';
import { drawShape, drawView, renderView } from '@kanrecon/scene';
import { setBackend } from '@tensorflow/tfjs-core';

await setBackend('wasm');
const { reconstructor, scene, card } = await loadPretrained('observable');
const { image } = renderView(scene, drawShape(scene, 1, 0), drawView(scene, 1, 0, 0), { size: 64 });
const { parameters } = await reconstruct(image, reconstructor, { scene });
console.log(parameters, card.scores.r2); // { radius, height, … }, how good it is on images that it has not seen
