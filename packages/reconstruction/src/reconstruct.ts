import { checkOptions, denormalizeParameters, type Mesh, tessellate } from '@kanrecon/geometry';
import { fitImage, type InputImage } from '@kanrecon/image';
import type { ModelCard, Reconstructor } from '@kanrecon/model';
import type { RgbImage, Vector3 } from '@kanrecon/render';
import {
  type DrawnView,
  estimateBaseColor,
  patternColors,
  renderView,
  type Scene,
  type SceneJson,
  sceneByName,
  sceneNames,
  sceneWithRanges,
  typicalView,
} from '@kanrecon/scene';

/** Options of {@link reconstruct}. */
export interface ReconstructOptions {
  /** What the images show that the network was trained on: the rendering shows the same. */
  readonly scene: Scene;
  /** How the object is looked at and lit; when left out from above, at an angle of 50° to the vertical, in the scene's typical light. */
  readonly view?: DrawnView;
  /** Steps of the mesh along u and v; 200 each when left out. */
  readonly meshSteps?: { readonly uSteps: number; readonly vSteps: number };
  /** Width and height of the rendering in pixels; 512 when left out. */
  readonly renderingSize?: number;
}

/** What one image gave. */
export interface Reconstruction {
  /** In their units, moved into the surface's ranges. */
  readonly parameters: Readonly<Record<string, number>>;
  /** As the network found them, scaled so that 0 … 1 is the range, in the surface's order. */
  readonly normalized: Float32Array;
  /** Names of those that lay outside their range. */
  readonly outsideRange: readonly string[];
  readonly view: DrawnView;
  /** Linear RGB, estimated from the image; mid grey where the scene's pattern does not show it. */
  readonly baseColor: Vector3;
  readonly mesh: Mesh;
  /** Linear RGB, three numbers a vertex. */
  readonly vertexColors: Float32Array;
  /** What was found, seen from the view. */
  readonly rendering: RgbImage;
}

const defaults = { meshSteps: { uSteps: 200, vSteps: 200 }, renderingSize: 512 } as const;

/** Looking down at the object by half a right angle or so: the middle of the study's cameras. */
const defaultCamera = { x: (50 * Math.PI) / 180, y: 0, z: 0 };
/** Colour is estimated on an image of this many pixels. */
const colorSize = 64;

/**
 * From one image to shape parameters, mesh and a rendering of what was found. Pure: nothing is read or written.
 *
 * @param image RGB or RGBA bytes of any size
 * @throws if the image's data do not fit its size, the network predicts not all of the scene's parameters, its card names another surface,
 * or it finds something that is no number
 */
export async function reconstruct(
  image: InputImage,
  reconstructor: Pick<Reconstructor, 'predict' | 'targets' | 'config'> & Partial<Pick<Reconstructor, 'card'>>,
  options: ReconstructOptions,
): Promise<Reconstruction> {
  checkOptions('reconstruct', options, { ...defaults, scene: 1, view: 1 });
  const { meshSteps = defaults.meshSteps, renderingSize = defaults.renderingSize } = options;
  // A network may predict more than the shape.
  const { targets, card } = reconstructor;
  const wanted = options.scene.surface;
  // Surfaces of one family have parameters of the same names.
  const trained = trainedSurface(card);
  if (trained && trained !== wanted.name) {
    throw new Error(
      `reconstruct: the scene is not what the network was trained on; expected one of surface ${trained}, got ${wanted.name}`,
    );
  }
  const columns = wanted.parameters.map(({ name }) => targets.findIndex((target) => target.name === name));
  if (columns.includes(-1)) {
    const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).join(', ');
    throw new Error(
      `reconstruct: the scene is not what the network was trained on; expected the parameters of ${wanted.name} (${names(wanted.parameters)}), got ${names(targets)}`,
    );
  }
  // The network's numbers are shares of the ranges that it learned.
  const scene = sceneWithRanges(options.scene, targets);
  const { surface } = scene;
  const { normalized: all } = await reconstructor.predict(image);
  const normalized = Float32Array.from(columns, (column) => all[column]);
  if (!normalized.every(Number.isFinite)) {
    throw new Error(`reconstruct: the network is broken; expected numbers, got ${normalized.join(', ')}`);
  }
  const inside = normalized.map((value) => Math.min(1, Math.max(0, value)));
  const parameters = denormalizeParameters(surface, inside);
  const view = options.view ?? typicalView(scene, defaultCamera);
  const small = { width: colorSize, height: colorSize, data: fitImage(image, colorSize, reconstructor.config.fit) };
  const baseColor = estimateBaseColor(small, scene, parameters, view);
  const shape = { parameters, baseColor };
  return {
    parameters,
    normalized,
    outsideRange: surface.parameters.map(({ name }) => name).filter((_, i) => normalized[i] !== inside[i]),
    view,
    baseColor,
    mesh: tessellate(surface, parameters, meshSteps),
    vertexColors: patternColors(scene, shape, meshSteps),
    rendering: renderView(scene, shape, view, { size: renderingSize, effects: false }).image,
  };
}

/** Name of the surface that a network was trained on; undefined where its card does not say one that this version knows. */
function trainedSurface(card: ModelCard | undefined): string | undefined {
  if (!card?.scene) return undefined;
  // Not loadScene: it brings what changes scenes along, 5 kB.
  const { name, surface } = card.scene as unknown as SceneJson;
  if (surface !== undefined) return typeof surface === 'string' ? surface : surface.name;
  return (sceneNames as readonly string[]).includes(name) ? sceneByName(name).surface.name : undefined;
}
