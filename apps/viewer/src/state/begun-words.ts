import type { TrainingInit } from '@kanrecon/training';
import type { ModelName } from './model-name.js';

/** Weights that are named at most. */
const most = 24;

/**
 * What a training has of the network that it began from, and what did not fit, in sentences.
 *
 * @param model what the page calls that network
 */
export function begunWords({ name, taken, fresh, unused }: TrainingInit, model: ModelName = name): readonly string[] {
  const all = taken + fresh.length;
  return [
    `Begun from “${model}”: ${taken === all ? `all ${all}` : `${taken} of ${all}`} weights are taken over.`,
    ...(fresh.length > 0 ? [`They begin anew: ${listOf(fresh)}.`] : []),
    ...(unused.length > 0 ? [`There was no place for: ${listOf(unused)}.`] : []),
  ];
}

function listOf(weights: TrainingInit['fresh']): string {
  const words = weights.slice(0, most).map(({ name, shape, there }) => {
    const other = there === undefined || `${there}` === `${shape}` ? '' : `, there ${there.join(' × ')}`;
    return `${name} (${shape.join(' × ')}${other})`;
  });
  const more = weights.length - most;
  return [...words, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
