import { basename, extname, join, resolve } from 'node:path';
import type { Label } from '@kanrecon/dataset';
import { readImage } from '@kanrecon/dataset/node';
import { writeAtomically } from '@kanrecon/files/node';
import { denormalizeParameters, tessellate } from '@kanrecon/geometry';
import type { Reconstructor } from '@kanrecon/model';
import { estimateBaseColor, patternColors, renderView, type Scene } from '@kanrecon/scene';
import { UserError } from '../cli/user-error.js';
import { encodePng } from './encode-png.js';
import { findLabel, readLabel } from './find-label.js';
import { imageView } from './image-view.js';
import type { MeshFormat } from './mesh-formats.js';
import { meshFile } from './write-mesh.js';

export interface ReconstructOptions {
  reconstructor: Reconstructor;
  /** What the images show that it was trained on: renderings show the same. */
  scene: Scene;
  out: string;
  format: MeshFormat;
  /** Label whose camera is used instead of the image's own label. */
  camera?: Label;
  /** Base name of the files; the image's when left out. */
  name?: string;
}

/** What one image gave, as `<name>.json` says it. */
export interface Reconstruction {
  image: string;
  model: string;
  surface: string;
  /** In their units, moved into the surface's ranges. */
  parameters: Record<string, number>;
  /** As the network found them, scaled so that 0 … 1 is the range. */
  normalized: Record<string, number>;
  /** Names of those that lay outside their range. */
  outside_range: string[];
  /** Real values, when the image has a label. */
  real?: Readonly<Record<string, number>>;
  camera_angles: { x_angle: number; y_angle: number; z_angle: number };
  camera_from: 'label' | 'default';
  /** Name of the scene that is rendered. */
  scene: string;
  /** Linear RGB, estimated from the image; mid grey where the scene's pattern does not show it. */
  base_color: number[];
  mesh: string;
  rendering: string;
}

const meshSteps = { uSteps: 200, vSteps: 200 };
const renderingSize = 512;
const colorSize = 64;

/**
 * From one image to parameters, mesh and a rendering of what was found, written to `out` as `<name>.json`, `<name>.glb` (or
 * .obj, .stl) and `<name>.png`.
 *
 * @throws DatasetError when the image or its label cannot be used
 */
export async function reconstructImage(imagePath: string, options: ReconstructOptions): Promise<Reconstruction> {
  const { reconstructor, format } = options;
  const { surface } = reconstructor;
  const scene = { ...options.scene, surface };
  const name = options.name ?? basename(imagePath, extname(imagePath));
  const out = resolve(options.out);
  if (join(out, `${name}.png`) === resolve(imagePath)) {
    throw new UserError(`${imagePath}: the rendering would overwrite the image itself; choose another --out.`);
  }
  const labelPath = findLabel(imagePath);
  const label = labelPath ? await readLabel(labelPath, surface) : undefined;
  // The same way to the network's size as the training images took.
  const image = await readImage(imagePath, { size: reconstructor.config.imageSize });
  const raw = await reconstructor.predictBatch(image.data);
  const parameters = denormalizeParameters(
    surface,
    raw.map((value) => Math.min(1, Math.max(0, value))),
  );
  const view = await imageView(scene, { camera: options.camera, label, labelPath });
  const { cameraAngles: angles } = view;
  const small = await readImage(imagePath, { size: colorSize });
  const baseColor = estimateBaseColor(small, scene, parameters, view);
  const shape = { parameters, baseColor };
  const rendering = renderView(scene, shape, view, { size: renderingSize, effects: false });
  const mesh = tessellate(surface, parameters, meshSteps);
  const vertexColors = patternColors(scene, shape, meshSteps);
  const names = surface.parameters.map((parameter) => parameter.name);
  const degrees = (radians: number) => (radians * 180) / Math.PI;
  const reconstruction: Reconstruction = {
    image: resolve(imagePath),
    model: reconstructor.name,
    surface: surface.name,
    scene: scene.name,
    parameters,
    normalized: Object.fromEntries(names.map((key, i) => [key, raw[i]!])),
    outside_range: names.filter((_, i) => raw[i]! < 0 || raw[i]! > 1),
    ...(label && { real: label.parameters }),
    camera_angles: { x_angle: degrees(angles.x), y_angle: degrees(angles.y), z_angle: degrees(angles.z) },
    camera_from: options.camera || label ? 'label' : 'default',
    base_color: [...baseColor],
    mesh: `${name}.${format}`,
    rendering: `${name}.png`,
  };
  await writeAtomically(join(out, reconstruction.mesh), await meshFile(mesh, format, name, vertexColors));
  await writeAtomically(join(out, reconstruction.rendering), await encodePng(rendering.image));
  await writeAtomically(join(out, `${name}.json`), `${JSON.stringify(reconstruction, null, 2)}\n`);
  return reconstruction;
}
