import { spiralCylinder } from '@kanrecon/geometry';
import { cameraRotation, renderSurface } from '@kanrecon/render';

const rotation = cameraRotation({ x: 0.9, y: 0.3, z: 2 });
const { image } = renderSurface(spiralCylinder, [1, 2, 1, 2, 0.3, 3], {
  rotation,
  size: 224,
  baseColor: [0.8, 0.3, 0.2],
});
console.log(image.width, image.height, image.data.length); // RGB bytes
