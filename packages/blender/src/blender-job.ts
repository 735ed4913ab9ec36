import type { Camera, Vector3 } from '@kanrecon/render';

/** One picture to be made by Blender. */
export interface BlenderJob {
  /** Bytes of a mesh file (see `meshFile`). The same array as for the job before means the same mesh: it is handed over once. */
  readonly mesh: Uint8Array;
  readonly camera: Camera;
  readonly sun: { readonly direction: Vector3; readonly strength: number };
  /** Linear light from all around. */
  readonly ambient: number;
  /** Linear RGB; undefined where the mesh has colours of its own. */
  readonly baseColor?: Vector3;
  /** Width and height in pixels. */
  readonly size: number;
  /** Paths a pixel. */
  readonly samples: number;
  /** Seed of the paths, a 31-bit whole number. */
  readonly seed: number;
  /** Whether the object keeps ambient light from itself and light bounces. */
  readonly occlusion: boolean;
}

/**
 * A job as a line of JSON for `render_views.py`, in ASCII: which encoding Blender's Python expects differs between systems.
 *
 * @param mesh path of the mesh file
 * @param out where the pixels are to go
 */
export function jobLine(job: BlenderJob, id: number, mesh: string, out: string): string {
  const { camera, sun, baseColor, ...rest } = job;
  const json = JSON.stringify({
    ...rest,
    id,
    mesh,
    out,
    camera: { ...camera, location: Array.from(camera.location), rotation: Array.from(camera.rotation) },
    sun: { ...sun, direction: Array.from(sun.direction) },
    baseColor: baseColor === undefined ? null : Array.from(baseColor),
  });
  const ascii = json.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `${ascii}\n`;
}
