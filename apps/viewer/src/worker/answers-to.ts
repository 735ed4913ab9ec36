import type { InputImage } from '@kanrecon/image';
import { colorImage, networkCamera, networkColumns, rebuild } from '@kanrecon/reconstruction';
import { calibratedIntervals, storedCalibration } from '@kanrecon/training';
import { imageDifference } from '../image/image-difference.js';
import type { Picture } from '../image/picture.js';
import { squarePicture } from '../image/square-picture.js';
import type { ModelName } from '../state/model-name.js';
import { allNetworks, loadNetwork } from './load-networks.js';
import type { LoadedNetwork } from './loaded-network.js';
import type { Interval, NetworkAnswer, RefineBegin } from './protocol.js';

/** Width of the renderings that are compared, at most. */
const compared = 64;
/** Standard deviation of a camera that a network says it is sure of, at least: its pictures are coarse. */
const leastCameraSpread = 0.03;

/**
 * What all networks say of an image, the one whose rendering is nearest to it first.
 *
 * @param image as the networks see it
 * @param picture the same as it is kept
 */
export async function answersTo(image: InputImage, picture: Picture): Promise<readonly NetworkAnswer[]> {
  const networks = await allNetworks();
  const small = squarePicture(picture, compared);
  const answers: NetworkAnswer[] = [];
  for (const network of networks) answers.push(await answerOf(network, image, small));
  return answers.sort((a, b) => a.difference - b.difference);
}

/** What one of them says of an image. @param image, picture as for {@link answersTo} */
export async function answerBy(name: ModelName, image: InputImage, picture: Picture): Promise<NetworkAnswer> {
  return answerOf(await loadNetwork(name), image, squarePicture(picture, compared));
}

async function answerOf({ name, reconstructor, scene }: LoadedNetwork, image: InputImage, small: Picture) {
  const ranges = scene.surface.parameters;
  const columns = networkColumns(reconstructor, scene);
  const { normalized, spread } = await reconstructor.predict(image);
  const ofShape = (values: Float32Array) => Float32Array.from(columns, (column) => values[column]!);
  const camera = networkCamera(reconstructor, normalized, scene, spread);
  const shape = ofShape(normalized);
  const { parameters, drawnParameters, outsideRange, view, baseColor, rendering } = rebuild(
    shape,
    colorImage(image, {}),
    { scene, cameraAngles: camera.cameraAngles, renderingSize: small.width },
  );
  const calibration = storedCalibration(reconstructor.card.calibration, ranges);
  const intervals = spread && calibration && calibratedIntervals(calibration, ranges, shape, ofShape(spread));
  const start: RefineBegin = {
    normalized: [...shape],
    ...(spread && { spread: [...ofShape(spread)] }),
    ...(camera.found.length > 0 && { cameraAngles: camera.cameraAngles }),
    ...(camera.spread !== undefined && { cameraSpread: Math.max(leastCameraSpread, camera.spread) }),
  };
  return {
    model: name,
    parameters,
    drawnParameters,
    outsideRange,
    intervals90: Object.fromEntries(
      Object.entries(intervals ?? {}).flatMap(([key, levels]) =>
        levels['90'] ? [[key, levels['90'] as Interval]] : [],
      ),
    ),
    view,
    baseColor,
    difference: imageDifference(small, rendering),
    start,
  } satisfies NetworkAnswer;
}
