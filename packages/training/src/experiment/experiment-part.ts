import type { ExperimentOptions } from './experiment.js';

/** A part of an experiment: any of its fields, at any depth. */
export type ExperimentPart = Partial<Omit<ExperimentOptions, 'optimizer' | 'growth' | 'budget'>> & {
  readonly optimizer?: Partial<ExperimentOptions['optimizer']>;
  readonly growth?: Partial<NonNullable<ExperimentOptions['growth']>>;
  readonly budget?: Partial<ExperimentOptions['budget']>;
};

/** All parts together, field by field; of a field that several have, the last one's value. Lists are taken whole. */
export function mergeExperiment(...parts: readonly ExperimentPart[]): ExperimentPart {
  return parts.reduce<ExperimentPart>((merged, part) => mergeObjects(merged, part), {});
}

function mergeObjects<T extends object>(under: T, over: T): T {
  const merged = { ...under } as Record<string, unknown>;
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const below = merged[key];
    merged[key] = isPlain(below) && isPlain(value) ? mergeObjects(below, value) : value;
  }
  return merged as T;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
