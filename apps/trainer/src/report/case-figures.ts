import { sampleView } from '@kanrecon/dataset';
import { decodeImage } from '@kanrecon/dataset/node';
import { type Mesh, surfaceDistances, tessellate } from '@kanrecon/geometry';
import { fitImage } from '@kanrecon/image';
import { compareReconstruction, insideRanges, type ReconstructionComparison } from '@kanrecon/reconstruction';
import {
  cameraRotation,
  colorsByValue,
  fitCamera,
  jet,
  perceptual,
  type RgbImage,
  renderMesh,
  renderMeshes,
  type Vector3,
} from '@kanrecon/render';
import { estimateBaseColor, renderView, type Scene } from '@kanrecon/scene';
import type { SamplePrediction } from '../evaluation/sample-prediction.js';
import { differenceImage } from './difference-image.js';
import { headlightColors } from './headlight-colors.js';
import { type RefinedFigures, refinedFigures } from './refined-figures.js';

/** Pictures and numbers of one prediction. */
export interface CaseFigures {
  input: RgbImage;
  /** The predicted object from the same direction, in the object's own colour. */
  rendering: RgbImage;
  difference: RgbImage;
  meanDifference: number;
  /** Real and predicted mesh in one picture. */
  overlay: RgbImage;
  /** The predicted mesh coloured by its distance to the real one. */
  distances: RgbImage;
  /** The same in jet's colours, as the study shows it. */
  distancesInJet: RgbImage;
  /** End of the distance picture's scale, in the object's units. */
  maxDistance: number;
  comparison: ReconstructionComparison;
  /** Of a prediction that was refined. */
  refined?: RefinedFigures;
}

/** Colours of the real and the predicted mesh in the overlay, display-encoded. */
const overlayColors = { real: [0.16, 0.45, 0.95], predicted: [0.96, 0.3, 0.2] } as const satisfies Record<
  string,
  Vector3
>;

const size = 320;
/** Colour is estimated on an image of this many pixels. */
const colorSize = 64;
/** Both meshes let the other one through, whichever is in front. */
const opacity = 0.6;
/** A little air around the meshes. */
const margin = 1.08;
const background: Vector3 = [197, 197, 197];
const meshSteps = { uSteps: 200, vSteps: 200 };
const meshView = cameraRotation({ x: (65 * Math.PI) / 180, y: 0, z: (30 * Math.PI) / 180 });

/**
 * Draws all that the report shows of one prediction.
 *
 * @param drawn the scene of the data set's images, with the seed if they were synthesised
 */
export async function caseFigures(
  drawn: { scene: Scene; seed?: number },
  prediction: SamplePrediction,
): Promise<CaseFigures> {
  const { scene, seed } = drawn;
  const { surface } = scene;
  const { sample, real } = prediction;
  const predicted = insideRanges(surface, prediction.predicted);
  const view = sampleView(scene, sample, seed);
  const image = await decodeImage(sample.imagePath);
  const square = (side: number): RgbImage => ({ width: side, height: side, data: fitImage(image, side) });
  const input = square(size);
  const baseColor = sample.baseColor ?? estimateBaseColor(square(colorSize), scene, predicted, view);
  const shape = { parameters: predicted, baseColor };
  const rendering = renderView(scene, shape, view, { size, effects: false }).image;
  const { image: difference, meanDifference } = differenceImage(input, rendering);

  const realMesh = tessellate(surface, { ...real }, meshSteps);
  const predictedMesh = tessellate(surface, predicted, meshSteps);
  const toReal = surfaceDistances(predictedMesh, realMesh);
  const maxDistance = largest(toReal);
  const fitted = fitCamera(bothPositions(realMesh, predictedMesh), meshView);
  const camera = { ...fitted, tanHalfFov: fitted.tanHalfFov * margin };
  const overlay = renderMeshes(
    [
      { mesh: realMesh, vertexColors: headlightColors(realMesh, overlayColors.real, camera), opacity },
      { mesh: predictedMesh, vertexColors: headlightColors(predictedMesh, overlayColors.predicted, camera), opacity },
    ],
    { camera, size, background, unlit: true },
  ).image;
  const coloured = (map: typeof perceptual) => {
    const vertexColors = colorsByValue(toReal, 0, maxDistance, map);
    return renderMesh(predictedMesh, { camera, size, background, vertexColors, unlit: true }).image;
  };
  return {
    input,
    rendering,
    difference,
    meanDifference,
    overlay,
    distances: coloured(perceptual),
    distancesInJet: coloured(jet),
    maxDistance,
    comparison: prediction.distances ?? compareReconstruction(scene, predicted, real),
    ...(prediction.refined && { refined: refinedFigures(scene, input, prediction.refined) }),
  };
}

function bothPositions(a: Mesh, b: Mesh): Float32Array {
  const out = new Float32Array(a.positions.length + b.positions.length);
  out.set(a.positions);
  out.set(b.positions, a.positions.length);
  return out;
}

function largest(values: Float64Array): number {
  return values.reduce((max, value) => Math.max(max, value), 0);
}
