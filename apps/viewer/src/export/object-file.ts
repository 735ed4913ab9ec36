import { tessellate } from '@kanrecon/geometry';
import { patternColors } from '@kanrecon/scene';
import type { ShownObject } from '../state/shown.js';

/** The kinds of files that an object is written as. */
export const objectFormats = ['glb', 'stl', 'obj'] as const;

export type ObjectFormat = (typeof objectFormats)[number];

const types: Record<ObjectFormat, string> = { glb: 'model/gltf-binary', stl: 'model/stl', obj: 'model/obj' };
/** As the study's meshes. */
const steps = { uSteps: 200, vSteps: 200 } as const;

/** An object as a file: 200 × 200 quads, painted as its scene paints it where the format has colours. */
export async function objectFile(object: ShownObject, format: ObjectFormat, name: string): Promise<Blob> {
  // Loaded when it is needed: the writers are a good part of the page's code.
  const { writeGlb, writeObj, writeStl } = await import('@kanrecon/geometry/files');
  const { scene, parameters, baseColor } = object;
  const mesh = tessellate(scene.surface, parameters, steps);
  const colors = patternColors(scene, { parameters, baseColor: [...baseColor] }, steps);
  const content = {
    glb: () => writeGlb(mesh, { name, colors }),
    stl: () => writeStl(mesh),
    obj: () => writeObj(mesh, { name, colors }),
  }[format];
  return new Blob([(await content()) as BlobPart], { type: types[format] });
}
