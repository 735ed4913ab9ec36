import { imageLimits } from '@kanrecon/identifiability';
import { drawShape, drawView, renderView, sceneByName } from '@kanrecon/scene';

const scene = sceneByName('study');
const { image } = renderView(scene, drawShape(scene, 1, 0), drawView(scene, 1, 0, 0), { size: 128 });
console.log(image.data.length, (await imageLimits(scene)).invisible); // 49152 [ 'twist_amp', 'twist_freq' ]
