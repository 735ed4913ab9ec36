import { type Mesh, tessellate } from '@kanrecon/geometry';
import type { FoundShape } from '../../state/runs/case-shapes.js';
import type { VertexDistances } from '../../worker/findings.js';
import { worker } from '../worker.js';

/** Quads of each mesh along u and v, as `kanrecon evaluate` measures. */
const steps = { uSteps: 100, vSteps: 100 } as const;

/** What an image really shows, and what was found in it. */
export interface CaseMeshes {
  readonly real: Mesh;
  readonly found: Mesh;
}

export function caseMeshes({ surface, real, found }: FoundShape): CaseMeshes {
  return { real: tessellate(surface, { ...real }, steps), found: tessellate(surface, { ...found }, steps) };
}

/** Each vertex's distance to the other's surface, `a` the real one's: what meshes are coloured by. What else `compare` measures is not waited for. */
export async function vertexDistances({ real, found }: CaseMeshes, signal: AbortSignal): Promise<VertexDistances> {
  const enough = new AbortController();
  let told: VertexDistances | undefined;
  const onEvent = (distances: VertexDistances) => {
    told = distances;
    enough.abort();
  };
  try {
    await worker.ask('compare', { a: real, b: found }, { onEvent, signal: AbortSignal.any([signal, enough.signal]) });
  } catch (error) {
    if (!told) throw error;
  }
  signal.throwIfAborted();
  return told!;
}
