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

/**
 * Takes a network among those that answer.
 *
 * @param from where it comes from, to begin an error with
 * @throws ViewerError if it cannot be used
 */
export async function takeNetwork(
  name: ModelName,
  artifacts: ReconstructorArtifacts,
  from = `The model “${name}”`,
): Promise<LoadedNetwork> {
  await startTensorflow();
  const { reconstructor } = await fromArtifacts(artifacts, { optimizer: false }).catch((cause: unknown) => {
    throw unusable(from, cause);
  });
  try {
    const network = { name, reconstructor, scene: await modelScene(reconstructor), limits: [] };
    forgetNetwork(name);
    own.set(name, network);
    return network;
  } catch (cause) {
    reconstructor.dispose();
    throw unusable(from, cause);
  }
}

/** Takes one that the browser keeps: as it was at its best, or where no epoch has ended yet, as it was last. */
export async function takeKept(name: ModelName): Promise<LoadedNetwork> {
  const artifacts = (await readState(name, 'best')) ?? (await readState(name, 'last'));
  if (!artifacts) throw new ViewerError(`The browser no longer keeps the model “${name}”; open its file again.`);
  return takeNetwork(name, artifacts);
}

export function forgetNetwork(name: ModelName): void {
  own.get(name)?.reconstructor.dispose();
  own.delete(name);
}

/** What is wrong with a stored network, in a sentence. */
export function unusable(from: string, cause: unknown): unknown {
  if (!(cause instanceof Error) || cause instanceof ViewerError) return cause;
  if (!(cause instanceof CheckpointError) && !/^modelScene: /.test(cause.message)) return cause;
  return new ViewerError(`${from} cannot be used: ${withoutFunction(cause.message)}.`, { cause });
}
