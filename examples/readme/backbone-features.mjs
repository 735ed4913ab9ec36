import '@tensorflow/tfjs-backend-cpu';
import { squeezeNet11 } from '@kanrecon/backbones';
import { zeros } from '@tensorflow/tfjs-core';

const backbone = squeezeNet11({ imageSize: 96, seed: 7 });
console.log(backbone.countParams()); // 722496
backbone.predict(zeros([1, 96, 96, 3])).print(); // [1, 512]
