import type { ModelCard, Reconstructor } from '@kanrecon/model';
import { type Scene, type SceneJson, sceneByName, sceneNames } from '@kanrecon/scene';

/** A network, as far as it matters what its numbers mean. */
export type NetworkTargets = Pick<Reconstructor, 'targets'> & Partial<Pick<Reconstructor, 'card'>>;

/**
 * Where the parameters of a scene's surface are among a network's numbers, of which there may be more than the shape's.
 *
 * @returns columns in the surface's order
 * @throws if the network predicts not all of the scene's parameters, or its card names another surface
 */
export function networkColumns({ targets, card }: NetworkTargets, { surface }: Scene): number[] {
  // Surfaces of one family have parameters of the same names.
  const trained = trainedSurface(card);
  if (trained && trained !== surface.name) {
    throw new Error(
      `reconstruct: the scene is not what the network was trained on; expected one of surface ${trained}, got ${surface.name}`,
    );
  }
  const columns = surface.parameters.map(({ name }) => targets.findIndex((target) => target.name === name));
  if (columns.includes(-1)) {
    const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).join(', ');
    throw new Error(
      `reconstruct: the scene is not what the network was trained on; expected the parameters of ${surface.name} (${names(surface.parameters)}), got ${names(targets)}`,
    );
  }
  return columns;
}

/** Name of the surface that a network was trained on; undefined where its card does not say one that this version knows. */
function trainedSurface(card: ModelCard | undefined): string | undefined {
  if (!card?.scene) return undefined;
  // Not loadScene: it brings what changes scenes along, 5 kB.
  const { name, surface } = card.scene as unknown as SceneJson;
  if (surface !== undefined) return typeof surface === 'string' ? surface : surface.name;
  return (sceneNames as readonly string[]).includes(name) ? sceneByName(name).surface.name : undefined;
}
