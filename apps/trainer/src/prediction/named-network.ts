import { existsSync } from 'node:fs';
import { nearestName } from '@kanrecon/image';
import { pretrainedFolder, pretrainedModels } from '@kanrecon/pretrained/node';
import type { ModelPlace } from '@kanrecon/training/node';
import { UserError } from '../cli/user-error.js';
import { findNetwork } from './find-network.js';

/** A network that was asked for. */
export interface NamedNetwork {
  readonly place: ModelPlace;
  /** Which it is, where that may be in doubt: a sentence. */
  readonly note?: string;
  /** It is one of those that are shipped. */
  readonly shipped?: true;
}

/**
 * The network that a word names: a path that is there, an address, or else a shipped model.
 *
 * @param checkpoint which of a run's
 * @param named whether `--checkpoint` was given, which only a run has a choice for
 * @throws UserError, TrainingError if there is none, or none with that choice
 */
export async function namedNetwork(word: string, checkpoint: 'best' | 'last', named: boolean): Promise<NamedNetwork> {
  const shipped = pretrainedModels.find(({ name }) => name === word);
  if (existsSync(word)) {
    const place = await findNetwork(word, checkpoint, named);
    if (!shipped) return { place };
    return { place, note: `The network is the folder ${word}, which is here, not the shipped model of that name.` };
  }
  if (shipped) {
    if (named)
      throw new UserError(`${word} is a shipped model, not a run with two checkpoints; leave --checkpoint out.`);
    return {
      place: { kind: 'model', at: pretrainedFolder(shipped.name) },
      note: `The network is the shipped model ${word}.`,
      shipped: true,
    };
  }
  const names = pretrainedModels.map(({ name }) => name);
  // A path, or an address, is no name.
  if (/[/\\:]/.test(word)) return { place: await findNetwork(word, checkpoint, named) };
  const near = nearestName(word, names);
  const hint = near === undefined ? '"kanrecon train" makes a run.' : `did you mean ${near}?`;
  throw new UserError(`${word} is neither a folder here nor a shipped model (${names.join(', ')}); ${hint}`);
}
