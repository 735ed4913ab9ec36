import { CheckpointError, fromArtifacts, type ReconstructorArtifacts } from '@kanrecon/model';
import { modelScene } from '@kanrecon/reconstruction';
import { ViewerError } from '../image/viewer-error.js';
import type { ModelName } from '../state/model-name.js';
import { readState } from '../storage/kept-models.js';
import type { LoadedNetwork } from './loaded-network.js';
import { withoutFunction } from './sentence-of.js';
import { startTensorflow } from './start-tensorflow.js';

const own = new Map<ModelName, LoadedNetwork>();

/** Networks of this browser's own that answer images, beside the shipped ones. */
export function ownNetworks(): readonly LoadedNetwork[] {
  return [...own.values()];
}

/** A network without a name. */
export type NamelessNetwork = Omit<LoadedNetwork, 'name'>;

/**
 * Makes a network of what is stored of it.
 *
 * @param from where it comes from, to begin an error with
 * @throws ViewerError if it cannot be used
 */
export async function makeNetwork(artifacts: ReconstructorArtifacts, from: string): Promise<NamelessNetwork> {
  await startTensorflow();
  const { reconstructor } = await fromArtifacts(artifacts, { optimizer: false }).catch((cause: unknown) => {
    throw unusable(from, cause);
  });
  try {
    return { reconstructor, scene: await modelScene(reconstructor), limits: [] };
  } catch (cause) {
    reconstructor.dispose();
    throw cannotBeUsed(from, cause);
  }
}

/** Takes a network among those that answer, in place of the one that had its name. */
export function takeNetwork(name: ModelName, nameless: NamelessNetwork): LoadedNetwork {
  const network = { ...nameless, name };
  forgetNetwork(name);
  own.set(name, network);
  return network;
}

/** Takes one that the browser keeps: as it was at its best, or where no epoch has ended yet, as it was last. */
export async function takeKept(name: ModelName): Promise<LoadedNetwork> {
  const artifacts = (await readState(name, 'best')) ?? (await readState(name, 'last'));
  if (!artifacts) throw new ViewerError(`The browser no longer keeps the model “${name}”; open its file again.`);
  return takeNetwork(name, await makeNetwork(artifacts, `The model “${name}”`));
}

export function forgetNetwork(name: ModelName): void {
  own.get(name)?.reconstructor.dispose();
  own.delete(name);
}

/** What is wrong with a stored network, in a sentence. */
export function unusable(from: string, cause: unknown): unknown {
  return cause instanceof CheckpointError ? cannotBeUsed(from, cause) : cause;
}

/** Whatever is the matter with its scene: another version may have drawn it. */
function cannotBeUsed(from: string, cause: unknown): ViewerError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new ViewerError(`${from} cannot be used: ${withoutFunction(message)}.`, { cause });
}
