import '@tensorflow/tfjs-backend-cpu';
import { spiralCylinder } from '@kanrecon/geometry';
import { createReconstructor } from '@kanrecon/model';

const targets = spiralCylinder.parameters; // what is predicted: any list of { name, min, max }
const reconstructor = createReconstructor({ targets, head: { type: 'fourierKAN' }, imageSize: 64 });
// Untrained. A trained one: const { reconstructor } = await loadReconstructor('runs/demo/best'), from '@kanrecon/model/node'.
const image = { width: 64, height: 64, data: new Uint8Array(64 * 64 * 3) }; // RGB, or a canvas' ImageData
console.log((await reconstructor.predict(image)).parameters); // { radius, height, twist_amp, … }
