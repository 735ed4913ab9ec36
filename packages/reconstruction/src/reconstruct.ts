import { checkOptions, type OptionNames } from '@kanrecon/geometry';
import type { InputImage } from '@kanrecon/image';
import type { Reconstructor } from '@kanrecon/model';
import { type CameraAngleName, sceneWithRanges } from '@kanrecon/scene';
import { type ColoredMesh, coloredMesh, type MeshSteps } from './colored-mesh.js';
import { networkCamera } from './network-camera.js';
import { type NetworkTargets, networkColumns } from './network-columns.js';
import { colorImage, type RebuildOptions, type RebuiltObject, rebuild, rebuildNames } from './rebuild.js';

/** Options of {@link reconstruct}; its scene may have other ranges than the network learned. */
export interface ReconstructOptions extends RebuildOptions {
  /** Steps of the mesh along u and v; 200 each when left out. */
  readonly meshSteps?: MeshSteps;
}

const optionNames: OptionNames<ReconstructOptions> = { ...rebuildNames, meshSteps: 1 };

/** What one image gave. */
export interface Reconstruction extends RebuiltObject, ColoredMesh {
  /** How sure the network is: standard deviations on the scale of `normalized`, of a network that says so. */
  readonly spread?: Float32Array;
  /** The angles of the camera that the network found, which the view has; none where one was given. */
  readonly cameraFound: readonly CameraAngleName[];
}

/**
 * From one image to shape parameters, mesh and a rendering of what was found: seen as in the image, where the network finds the camera too
 * and no view is given. Pure: nothing is read or written.
 *
 * @param image RGB or RGBA bytes of any size
 * @throws if the image's data do not fit its size, the network predicts not all of the scene's parameters, its card names another surface,
 * or it finds something that is no number
 */
export async function reconstruct(
  image: InputImage,
  reconstructor: Pick<Reconstructor, 'predict' | 'config'> & NetworkTargets,
  options: ReconstructOptions,
): Promise<Reconstruction> {
  checkOptions('reconstruct', options, optionNames);
  const columns = networkColumns(reconstructor, options.scene);
  // The network's numbers are shares of the ranges that it learned.
  const scene = sceneWithRanges(options.scene, reconstructor.targets);
  const { normalized: all, spread } = await reconstructor.predict(image);
  const ofShape = (values: Float32Array) => Float32Array.from(columns, (column) => values[column]!);
  const { meshSteps, ...rest } = options;
  const given = options.view !== undefined || options.cameraAngles !== undefined;
  const camera = given ? undefined : networkCamera(reconstructor, all, scene);
  const cameraFound = camera?.found ?? [];
  const found = rebuild(ofShape(all), colorImage(image, reconstructor.config.fit, reconstructor.config.imageSize), {
    ...rest,
    scene,
    ...(camera && cameraFound.length > 0 && { cameraAngles: camera.cameraAngles }),
  });
  return {
    ...found,
    ...coloredMesh(found, scene, meshSteps),
    ...(spread && { spread: ofShape(spread) }),
    cameraFound,
  };
}
