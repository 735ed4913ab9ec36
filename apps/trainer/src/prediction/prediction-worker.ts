import { DatasetError } from '@kanrecon/dataset';
import { decodeImage } from '@kanrecon/dataset/node';
import type { ParametricSurface } from '@kanrecon/geometry';
import { type FitImageOptions, fitImage, type InputImage } from '@kanrecon/image';
import { coloredMesh, colorImage, type RebuiltObject, rebuild } from '@kanrecon/reconstruction';
import type { CameraAngles, RgbImage } from '@kanrecon/render';
import { type DrawnView, loadScene, type Scene, type SceneJson, sceneWithRanges } from '@kanrecon/scene';
import { encodePng } from './encode-png.js';
import type { MeshFormat } from './mesh-formats.js';
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
}

/** An image as the network and the rest need it. */
export interface PreparedImage {
  /** RGB bytes [imageSize, imageSize, 3]. */
  readonly pixels: Uint8Array;
  readonly color: RgbImage;
  readonly image?: InputImage;
  /** What is strange about the image. */
  readonly warning?: string;
}

/** Why an image cannot be used, in a sentence for people. */
export interface UnusableImage {
  readonly problem: string;
}

/** Decodes an image and fits it. */
export async function prepareImage(task: PrepareTask): Promise<PreparedImage | UnusableImage> {
  const { source, shown, imageSize, fit, whole } = task;
  let warning: string | undefined;
  const onWarning = (message: string) => {
    warning = message;
  };
  try {
    const image = await decodeImage(source, { name: shown, onWarning });
    return {
      pixels: fitImage(image, imageSize, fit),
      color: colorImage(image, fit),
      ...(whole && { image }),
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
}

/** Renders and tessellates an object. */
export async function drawObject(task: DrawTask): Promise<DrawnObject> {
  const scene = await rememberedScene(task.scene, task.parameters);
  const { normalized, color, view, cameraAngles, renderingSize } = task;
  const {
    rendering,
    normalized: _,
    ...found
  } = rebuild(normalized, color, {
    ...{ scene, view, renderingSize },
    ...(cameraAngles && { cameraAngles }),
  });
  const png = encodePng(rendering, 6);
  const mesh = task.mesh && (await drawMesh(found, scene, task.mesh));
  return { ...found, png: await png, ...(mesh && { mesh }), ...(task.pixels && { rendering }) };
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
