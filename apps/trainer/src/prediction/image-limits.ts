import type { ModelCard } from '@kanrecon/model';
import type { Scene } from '@kanrecon/scene';

/** What images such as a network was trained on cannot tell, as far as predictions are concerned. */
export interface PredictionLimits {
  /** Parameters that leave no trace in them. */
  readonly invisible: readonly string[];
  /** All that is known of it, in sentences. */
  readonly summary: readonly string[];
}

/** What the card of a network says of its images; undefined where it does not. */
export function predictionLimits({ limits }: ModelCard, { surface }: Scene): PredictionLimits | undefined {
  const { invisible, summary } = (limits ?? {}) as Partial<Record<keyof PredictionLimits, unknown>>;
  if (!isWords(invisible)) return undefined;
  const names = surface.parameters.map(({ name }) => name);
  return { invisible: names.filter((name) => invisible.includes(name)), summary: isWords(summary) ? summary : [] };
}

function isWords(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string');
}
