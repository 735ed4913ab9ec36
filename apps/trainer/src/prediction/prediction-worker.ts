import { DatasetError } from '@kanrecon/dataset';
import { decodeImage } from '@kanrecon/dataset/node';
import type { ParametricSurface } from '@kanrecon/geometry';
import { type FitImageOptions, fitImage, type InputImage, imageFitDefaults } from '@kanrecon/image';
import {
  coloredMesh,
  colorImage,
  type FoundObject,
  findObject,
  KnownError,
  type RebuiltObject,
  type RefineStart,
  rebuild,
} from '@kanrecon/reconstruction';
import type { CameraAngles, RgbImage } from '@kanrecon/render';
import { type DrawnView, loadScene, type Scene, type SceneJson, sceneWithRanges } from '@kanrecon/scene';
import { drawRefined } from './draw-refined.js';
import { encodePng } from './encode-png.js';
import type { MeshFormat } from './mesh-formats.js';
import type { RefineWish } from './refine-wish.js';
import { smallImage } from './small-image.js';
import { meshFile } from './write-mesh.js';

// What is done before and after the network: in this thread for few images, in several for many. All that crosses is plain data.

/** An image to be brought to the network's size. */
export interface PrepareTask {
  readonly source: string | Uint8Array;
  readonly shown: string;
  readonly imageSize: number;
  readonly fit: FitImageOptions;
  /** Whether the image is wanted in its own size, too. */
  readonly whole: boolean;
  /** Whether it is wanted as refinement takes it. */
  readonly small: boolean;
}

/** An image as the network and the rest need it. */
export interface PreparedImage {
  /** RGB bytes [imageSize, imageSize, 3]. */
  readonly pixels: Uint8Array;
  readonly color: RgbImage;
  readonly image?: InputImage;
  /** Of its own form, of 512 pixels at most. */
  readonly small?: RgbImage;
  /** What is strange about the image. */
  readonly warning?: string;
}

/** Why an image cannot be used, in a sentence for people. */
export interface UnusableImage {
  readonly problem: string;
}

/** Decodes an image and fits it. */
export async function prepareImage(task: PrepareTask): Promise<PreparedImage | UnusableImage> {
  const { source, shown, imageSize, fit, whole, small } = task;
  let warning: string | undefined;
  const onWarning = (message: string) => {
    warning = message;
  };
  try {
    const image = await decodeImage(source, { name: shown, onWarning });
    return {
      pixels: fitImage(image, imageSize, fit),
      color: colorImage(image, fit, imageSize),
      ...(whole && { image }),
      ...(small && { small: smallImage(image, fit.background ?? imageFitDefaults.background) }),
      ...(warning && { warning }),
    };
  } catch (error) {
    if (!(error instanceof DatasetError) || !error.problems[0]) throw error;
    return { problem: error.problems[0].message };
  }
}

/** An object to be drawn, as the network found it. */
export interface DrawTask {
  readonly normalized: Float32Array;
  readonly color: RgbImage;
  readonly view?: DrawnView;
  /** Where the object is looked at from when there is no view; from above when left out, too. */
  readonly cameraAngles?: CameraAngles;
  /** How the object is refined before it is drawn, if it is; its camera is looked for then, whatever the two above say. */
  readonly refine?: { readonly image: RgbImage; readonly start: RefineStart; readonly wish: RefineWish };
  readonly scene: SceneJson;
  /** Of the scene's surface, with the ranges that the network learned. */
  readonly parameters: ParametricSurface['parameters'];
  /** The mesh that is wanted, if one is. */
  readonly mesh?: { readonly format: MeshFormat; readonly steps: number; readonly name: string };
  /** Width and height of the rendering in pixels. */
  readonly renderingSize: number;
  /** Whether the rendering is wanted as pixels, too. */
  readonly pixels: boolean;
}

/** What was drawn. */
export interface DrawnObject extends Omit<RebuiltObject, 'rendering' | 'normalized'> {
  readonly png: Uint8Array;
  readonly mesh?: string | Uint8Array;
  readonly rendering?: RgbImage;
  readonly refined?: FoundObject;
  /** PNG of the rendering laid over the image, of a refined object. */
  readonly overlay?: Uint8Array;
}

/** Refines an object where that is wanted, renders and tessellates it. */
export async function drawObject(task: DrawTask, signal?: AbortSignal): Promise<DrawnObject | UnusableImage> {
  try {
    return await drawn(task, signal);
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    return { problem: error.message.replace('refine: known.cameraDistance', 'the known camera_distance') };
  }
}

async function drawn(task: DrawTask, signal?: AbortSignal): Promise<DrawnObject> {
  const scene = await rememberedScene(task.scene, task.parameters);
  const { normalized, color, view, cameraAngles, renderingSize, refine } = task;
  const refined =
    refine && (await findObject(refine.image, refine.start, scene, { ...refine.wish, ...(signal && { signal }) }));
  const {
    rendering,
    normalized: _,
    overlay,
    ...found
  } = refined
    ? drawRefined(refined, normalized, refine.image, scene, renderingSize)
    : {
        overlay: undefined,
        ...rebuild(normalized, color, { scene, view, renderingSize, ...(cameraAngles && { cameraAngles }) }),
      };
  const pngs = await Promise.all([encodePng(rendering, 6), overlay && encodePng(overlay, 6)]);
  const mesh = task.mesh && (await drawMesh(found, scene, task.mesh));
  return {
    ...found,
    png: pngs[0],
    ...(refined && { refined, overlay: pngs[1]! }),
    ...(mesh && { mesh }),
    ...(task.pixels && { rendering }),
  };
}

function drawMesh(
  found: Pick<RebuiltObject, 'drawnParameters' | 'baseColor'>,
  scene: Scene,
  { format, steps, name }: NonNullable<DrawTask['mesh']>,
) {
  const { mesh, vertexColors } = coloredMesh(found, scene, { uSteps: steps, vSteps: steps });
  return meshFile(mesh, format, name, vertexColors);
}

let remembered: { readonly key: string; readonly scene: Promise<Scene> } | undefined;

/** The scene of one task is that of the next. */
function rememberedScene(json: SceneJson, parameters: DrawTask['parameters']): Promise<Scene> {
  const key = JSON.stringify([json, parameters]);
  if (remembered?.key !== key) {
    remembered = { key, scene: loadScene(json).then((scene) => sceneWithRanges(scene, parameters)) };
  }
  return remembered.scene;
}
