import '@tensorflow/tfjs-backend-cpu';
import { loadWeights, saveSafetensors, squeezeNet11 } from '@kanrecon/backbones';

const file = await saveSafetensors(squeezeNet11({ imageSize: 96, seed: 7 })); // or await readFile('squeezenet1_1.pth')
console.log(loadWeights(squeezeNet11({ imageSize: 96 }), file)); // { naming: 'torchvision', loaded: 50, … }
