// What a newcomer writes in TypeScript, with the strictest module resolution: the packages' types must resolve and fit.
import { efficientNetB0 } from '@kanrecon/backbones';
import { parseLabel } from '@kanrecon/dataset';
import { scanDataset } from '@kanrecon/dataset/node';
import { hausdorff, type Mesh, spiralCylinder, tessellate } from '@kanrecon/geometry';
import { writeGlb } from '@kanrecon/geometry/files';
import { efficientKAN } from '@kanrecon/kan-layers';
import { r2Score } from '@kanrecon/metrics';
import { createReconstructor, type Reconstructor } from '@kanrecon/model';
import { loadReconstructor } from '@kanrecon/model/node';
import { cameraRotation, type RgbImage, renderSurface } from '@kanrecon/render';
import { enableWasmTraining, type WasmTrainingInfo } from '@kanrecon/tfjs-wasm-training';

export async function everything(): Promise<unknown[]> {
  const info: WasmTrainingInfo = await enableWasmTraining();
  const mesh: Mesh = tessellate(spiralCylinder, [1, 2, 1, 2, 0.2, 3], { uSteps: 20, vSteps: 20 });
  const distance: number = hausdorff(mesh, mesh);
  const image: RgbImage = renderSurface(spiralCylinder, [1, 2, 1, 2, 0.2, 3], {
    rotation: cameraRotation({ x: 0.9, y: 0, z: 0 }),
  }).image;
  const reconstructor: Reconstructor = createReconstructor({ imageSize: 64 });
  const bytes: Uint8Array = await writeGlb(mesh);
  const score = r2Score([0, 1], [0, 1]);
  return [
    info,
    distance,
    image,
    reconstructor,
    bytes,
    score,
    efficientKAN({ units: 6 }),
    efficientNetB0(),
    scanDataset,
    parseLabel,
    loadReconstructor,
  ];
}
