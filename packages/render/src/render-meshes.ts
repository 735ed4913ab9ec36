import { checkOptions, type OptionNames } from '@kanrecon/geometry';
import type { Camera } from './camera/camera.js';
import { checkCamera } from './camera/check-camera.js';
import { checkTriple } from './checks.js';
import { finishImage } from './image/finish-image.js';
import type { Rendering } from './image/rendering.js';
import { agxCurve, srgbCurve, type ToneCurve } from './image/tone-curve.js';
import { type Light, resolveLight } from './light/light.js';
import { sunFrame } from './light/sun-frame.js';
import { type MeshObject, meshLookNames } from './mesh-object.js';
import type { ColorStyle } from './raster/point-shader.js';
import { projectMesh } from './raster/project-mesh.js';
import { type Layer, shadeLayer } from './raster/shade-layer.js';
import { shadowMap, shadowMapSize } from './raster/shadow-map.js';
import { triangleNormals } from './raster/triangle-normals.js';
import { checkRenderOptions, type RenderOptions, renderDefaults, renderOptionNames } from './render-options.js';
import { type Scratch, withScratch } from './scratch.js';
import { usedObject } from './used-object.js';
import type { Vector3 } from './vector3.js';

/** Options of {@link renderMeshes}. */
export interface RenderMeshesOptions extends RenderOptions {
  readonly camera: Camera;
  /** No light, no shadow, no tone curve: colours come out as given (a colour map's, say). False when left out. */
  readonly unlit?: boolean;
  /** Whether objects cast shadows on themselves; true when left out. */
  readonly shadows?: boolean;
}

/** {@link RenderMeshesOptions} by name. */
export const renderMeshesNames: OptionNames<RenderMeshesOptions> = {
  ...renderOptionNames,
  camera: 1,
  unlit: 1,
  shadows: 1,
};

/**
 * Renders several meshes into one image. Where they overlap, the nearer lies over the farther, as clear as its opacity says
 * (each object as a whole: its own far side does not show through it). Objects do not shade each other.
 *
 * @throws if an option is out of range or an array's length does not fit its mesh
 */
export function renderMeshes(objects: readonly MeshObject[], options: RenderMeshesOptions): Rendering {
  checkOptions('renderMeshes', options, renderMeshesNames);
  for (const object of objects) checkOptions('renderMeshes: a mesh', object, { mesh: 1, ...meshLookNames });
  return renderObjects('renderMeshes', objects, options);
}

/** What {@link renderMeshes} does, with the name of the function that the user called. */
export function renderObjects(caller: string, objects: readonly MeshObject[], options: RenderMeshesOptions): Rendering {
  const { camera, unlit = false, shadows = true, out } = options;
  const size = options.size ?? renderDefaults.size;
  const samples = options.samples ?? renderDefaults.samples;
  const background = options.background ?? renderDefaults.background;
  checkCamera(caller, camera);
  checkRenderOptions(caller, options);
  const light = resolveLight(caller, options);
  const curve = unlit ? srgbCurve() : agxCurve();
  for (const object of objects) checkObject(caller, object);
  return withScratch((scratch) => {
    const layers = objects.map(usedObject).map((object, index) => {
      const layer = scratchLayer(scratch, size, index);
      const { mesh, opacity = 1 } = object;
      const { positions, indices } = mesh;
      const normals = orientedNormals(object);
      const film = object.vertexColors && filmColors(object.vertexColors, curve);
      const projected = projectMesh(
        { positions, normals, indices, ...(film && { film }) },
        camera,
        size * samples,
        scratch,
      );
      if (shadows && !unlit) {
        const whole = { positions, vertexCount: positions.length / 3, indices, indexCount: indices.length };
        projected.shadow = shadowMap(whole, sunFrame(light.direction), () => shadowMapSize(size), scratch);
      }
      const style = { ...colorStyle(object.baseColor ?? renderDefaults.baseColor, light, curve), unlit };
      shadeLayer(projected, camera, size, samples, style, layer, scratch);
      return { layer, opacity };
    });
    return finishImage(layers, size, curve, background, options.depth ?? renderDefaults.depth, out);
  });
}

/** Working memory for the layer of object `index`. */
export function scratchLayer(scratch: Scratch, size: number, index: number): Layer {
  return {
    light: scratch.float32(`light${index}`, 4 * size * size),
    near: scratch.float32(`near${index}`, size * size),
  };
}

/** How the shader colours an object that is lit. */
export function colorStyle(baseColor: Vector3, light: Light, curve: ToneCurve): ColorStyle {
  const film = filmColors(baseColor, curve);
  return { film, white: filmColors([1, 1, 1], curve), unlit: false, light, matrix: curve.matrix };
}

/** Linear RGB through the tone curve's matrix. */
function filmColors(colors: ArrayLike<number>, { matrix: m }: ToneCurve): Float32Array {
  const out = new Float32Array(colors.length);
  for (let k = 0; k < colors.length; k += 3) {
    const [r, g, b] = [colors[k], colors[k + 1], colors[k + 2]];
    out[k] = m[0] * r + m[1] * g + m[2] * b;
    out[k + 1] = m[3] * r + m[4] * g + m[5] * b;
    out[k + 2] = m[6] * r + m[7] * g + m[8] * b;
  }
  return out;
}

/** The object's normals, on the side from which its triangles turn anticlockwise. */
function orientedNormals({ mesh, vertexNormals }: MeshObject): Float64Array {
  const { positions, indices } = mesh;
  const own = triangleNormals(positions, indices);
  if (vertexNormals === undefined) return own;
  let agreement = 0;
  for (let k = 0; k < own.length; k++) agreement += own[k] * vertexNormals[k];
  return Float64Array.from(vertexNormals, (value) => (agreement < 0 ? -value : value));
}

function checkObject(caller: string, { mesh, baseColor, vertexColors, vertexNormals, opacity = 1 }: MeshObject): void {
  const { positions, indices } = mesh;
  if (!(positions instanceof Float32Array && indices instanceof Uint32Array)) {
    throw new Error(
      `${caller}: mesh is wrong; expected positions: Float32Array and indices: Uint32Array, got ${[positions, indices].map((array: unknown) => (array as object | undefined)?.constructor?.name ?? String(array)).join(' and ')}`,
    );
  }
  const vertices = positions.length / 3;
  if (!Number.isInteger(vertices) || indices.length % 3 !== 0) {
    throw new Error(
      `${caller}: mesh is not made of whole vertices and triangles; expected multiples of 3, got ${positions.length} position and ${indices.length} index numbers`,
    );
  }
  for (let k = 0; k < indices.length; k++) {
    if (indices[k] >= vertices) {
      throw new Error(`${caller}: mesh index out of range; expected less than ${vertices} vertices, got ${indices[k]}`);
    }
  }
  for (let k = 0; k < indices.length; k++) {
    const at = 3 * indices[k];
    // Infinity − Infinity and NaN − NaN are NaN, and stay it.
    if (
      positions[at] - positions[at] + positions[at + 1] - positions[at + 1] + positions[at + 2] - positions[at + 2] ===
      0
    )
      continue;
    const wrong = [0, 1, 2].map((axis) => positions[at + axis]).find((value) => !Number.isFinite(value));
    throw new Error(`${caller}: mesh positions must be finite; vertex ${indices[k]} has ${wrong}`);
  }
  if (baseColor !== undefined) checkTriple(caller, 'baseColor', baseColor, 0, 1);
  for (const [name, values] of Object.entries({ vertexColors, vertexNormals })) {
    if (values !== undefined && values.length !== positions.length) {
      throw new Error(
        `${caller}: ${name} must have 3 numbers a vertex, ${positions.length} in all, got ${values.length}`,
      );
    }
  }
  if (!(opacity >= 0 && opacity <= 1)) throw new Error(`${caller}: opacity must be in [0, 1], got ${opacity}`);
}
