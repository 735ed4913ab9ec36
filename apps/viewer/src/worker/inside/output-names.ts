import type { LoadedNetwork } from '../loaded-network.js';

/** What each output of a head is: the targets, and where it says how sure it is of each, that. */
export function outputNames({ reconstructor }: Pick<LoadedNetwork, 'reconstructor'>): string[] {
  const names = reconstructor.targets.map(({ name }) => name);
  return Array.from({ length: reconstructor.outputs }, (_, o) =>
    o < names.length ? names[o]! : `± ${names[o % names.length]}`,
  );
}
