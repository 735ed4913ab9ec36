import { basename, extname, join, resolve } from 'node:path';
import type { Label } from '@kanrecon/dataset';
import { decodeImage, type LabelViews } from '@kanrecon/dataset/node';
import { writeAtomically } from '@kanrecon/files/node';
import type { InputImage } from '@kanrecon/image';
import type { Reconstructor } from '@kanrecon/model';
import { reconstruct } from '@kanrecon/reconstruction';
import type { RgbImage } from '@kanrecon/render';
import { type Scene, typicalView } from '@kanrecon/scene';
import { UserError } from '../cli/user-error.js';
import { portablePath } from '../data/portable-path.js';
import { encodePng } from './encode-png.js';
import { findLabel, readLabel } from './find-label.js';
import type { MeshFormat } from './mesh-formats.js';
import { meshFile } from './write-mesh.js';

export interface ReconstructImageOptions {
  reconstructor: Reconstructor;
  /** What the images show that it was trained on: renderings show the same. */
  scene: Scene;
  out: string;
  format: MeshFormat;
  /** Label whose camera is used instead of the image's own label. */
  camera?: Label;
  /** How an image with a label is looked at; `labelViews` of the scene. */
  viewOf: LabelViews;
  /** Base name of the files; the image's when left out. */
  name?: string;
}

/** What one image gave, as `<name>.json` says it. */
export interface ReconstructionJson {
  /** Where the image lies, from this file's folder. */
  image: string;
  model: string;
  surface: string;
  /** Name of the scene that is rendered. */
  scene: string;
  /** In their units, moved into the surface's ranges. */
  parameters: Readonly<Record<string, number>>;
  /** As the network found them, scaled so that 0 … 1 is the range. */
  normalized: Record<string, number>;
  /** Names of those that lay outside their range. */
  outside_range: readonly string[];
  /** Real values, when the image has a label. */
  real?: Readonly<Record<string, number>>;
  camera_angles: { x_angle: number; y_angle: number; z_angle: number };
  camera_from: 'label' | 'default';
  /** Linear RGB, estimated from the image; mid grey where the scene's pattern does not show it. */
  base_color: number[];
  mesh: string;
  rendering: string;
}

/** What one image gave, with the pictures. */
export interface ReconstructedImage {
  json: ReconstructionJson;
  /** Decoded, in its own size. */
  image: InputImage;
  rendering: RgbImage;
}

/**
 * Reads an image and its label, once each, and writes what `reconstruct` makes of them to `out`: `<name>.json`, `<name>.glb` (or .obj,
 * .stl) and `<name>.png`.
 *
 * @throws DatasetError when the image or its label cannot be used
 */
export async function reconstructImage(
  imagePath: string,
  options: ReconstructImageOptions,
): Promise<ReconstructedImage> {
  const { reconstructor, scene, format, camera } = options;
  const { surface } = scene;
  const name = options.name ?? basename(imagePath, extname(imagePath));
  const out = resolve(options.out);
  if (join(out, `${name}.png`) === resolve(imagePath)) {
    throw new UserError(`${imagePath}: the rendering would overwrite the image itself; choose another --out.`);
  }
  const labelPath = findLabel(imagePath);
  const label = labelPath ? await readLabel(labelPath, surface) : undefined;
  const image = await decodeImage(imagePath);
  const view = camera ? typicalView(scene, camera.cameraAngles) : label && (await options.viewOf(labelPath!, label));
  const found = await reconstruct(image, reconstructor, { scene, ...(view && { view }) });
  const { parameters, normalized, outsideRange, baseColor, mesh, vertexColors, rendering } = found;
  const { x, y, z } = found.view.cameraAngles;
  const degrees = (radians: number) => (radians * 180) / Math.PI;
  const json: ReconstructionJson = {
    image: portablePath(out, imagePath),
    model: reconstructor.name,
    surface: surface.name,
    scene: scene.name,
    parameters,
    normalized: Object.fromEntries(surface.parameters.map((parameter, i) => [parameter.name, normalized[i]!])),
    outside_range: outsideRange,
    ...(label && { real: label.parameters }),
    camera_angles: { x_angle: degrees(x), y_angle: degrees(y), z_angle: degrees(z) },
    camera_from: view ? 'label' : 'default',
    base_color: [...baseColor],
    mesh: `${name}.${format}`,
    rendering: `${name}.png`,
  };
  await writeAtomically(join(out, json.mesh), await meshFile(mesh, format, name, vertexColors));
  await writeAtomically(join(out, json.rendering), await encodePng(rendering));
  await writeAtomically(join(out, `${name}.json`), `${JSON.stringify(json, null, 2)}\n`);
  return { json, image, rendering };
}
