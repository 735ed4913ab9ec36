// What a newcomer writes in TypeScript, with the strictest module resolution: the packages' types must resolve and fit.
import { efficientNetB0 } from '@kanrecon/backbones';
import { type BlenderError, type BlenderRenderer, openBlender } from '@kanrecon/blender/node';
import { parseLabel } from '@kanrecon/dataset';
import { scanDataset } from '@kanrecon/dataset/node';
import { type ImportSummary, importDataset } from '@kanrecon/dataset-import/node';
import { explainFileError } from '@kanrecon/files/node';
import { hausdorff, type Mesh, spiralCylinder, tessellate } from '@kanrecon/geometry';
import { writeGlb } from '@kanrecon/geometry/files';
import { type ImageLimits, imageLimits } from '@kanrecon/identifiability';
import { fitImage, type InputImage } from '@kanrecon/image';
import { efficientKAN } from '@kanrecon/kan-layers';
import { r2Score } from '@kanrecon/metrics';
import { createReconstructor, type Reconstructor } from '@kanrecon/model';
import { loadReconstructor } from '@kanrecon/model/node';
import { type PretrainedCard, pretrainedModels } from '@kanrecon/pretrained';
import { loadPretrained } from '@kanrecon/pretrained/node';
import { type Reconstruction, reconstruct } from '@kanrecon/reconstruction';
import { cameraRotation, type RgbImage, renderSurface } from '@kanrecon/render';
import { drawShape, drawView, renderView, type Scene, sceneByName } from '@kanrecon/scene';
import { enableWasmTraining, type WasmTrainingInfo } from '@kanrecon/tfjs-wasm-training';
import { type TrainingEvent, trainExperiment } from '@kanrecon/training';
import { startRun } from '@kanrecon/training/node';

export async function everything(): Promise<unknown[]> {
  const info: WasmTrainingInfo = await enableWasmTraining();
  const mesh: Mesh = tessellate(spiralCylinder, [1, 2, 1, 2, 0.2, 3], { uSteps: 20, vSteps: 20 });
  const distance: number = hausdorff(mesh, mesh);
  const image: RgbImage = renderSurface(spiralCylinder, [1, 2, 1, 2, 0.2, 3], {
    rotation: cameraRotation({ x: 0.9, y: 0, z: 0 }),
  }).image;
  const reconstructor: Reconstructor = createReconstructor({ targets: spiralCylinder.parameters, imageSize: 64 });
  const bytes: Uint8Array = await writeGlb(mesh);
  const score = r2Score([0, 1], [0, 1]);
  const cards: readonly PretrainedCard[] = pretrainedModels.map(({ card }) => card);
  return [
    info,
    distance,
    image,
    reconstructor,
    bytes,
    score,
    cards,
    loadPretrained,
    efficientKAN({ units: 6 }),
    efficientNetB0(),
    scanDataset,
    parseLabel,
    loadReconstructor,
  ];
}

/** The packages around a scene, each by one name and one type of it. */
export async function aroundAScene(): Promise<unknown[]> {
  const scene: Scene = sceneByName('study');
  const image: InputImage = renderView(scene, drawShape(scene, 1, 0), drawView(scene, 1, 0, 0), { size: 96 }).image;
  const small: Uint8Array = fitImage(image, 48);
  const limits: ImageLimits = await imageLimits(scene);
  const losses: number[] = [];
  const onEvent = (event: TrainingEvent) => {
    if (event.type === 'step') losses.push(event.loss);
  };
  const { reconstructor } = await trainExperiment(
    {
      model: { backbone: 'smallCnn', imageSize: 32 },
      data: { kind: 'stream', epochImages: 4 },
      optimizer: { learningRate: 0.001 },
      budget: { epochs: 1 },
    },
    { scene, onEvent },
  );
  const found: Reconstruction = await reconstruct(image, reconstructor, { scene });
  const imported: ImportSummary = await importDataset('from', { out: 'to' });
  const blender: BlenderRenderer | BlenderError = await openBlender().catch((error: BlenderError) => error);
  return [small, limits, losses, found, imported, blender, explainFileError(new Error()), startRun];
}
