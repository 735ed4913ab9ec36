import type { serialization } from '@tensorflow/tfjs-core';
import { deriveSeed } from './derive-seed.js';
import { deserializeObject, serializeObject } from './serialized-object.js';
import type { Constraint, Initializer, InitializerLike, Regularizer } from './types.js';

/** The start of one weight, given the stream's seed. */
export type DefaultInitializer = (seed: number | undefined) => InitializerLike;

/** What a layer does with one of its weights. */
export interface WeightRule {
  readonly initializer: Initializer;
  readonly regularizer: Regularizer | null;
  readonly constraint: Constraint | null;
}

/**
 * The rule of each named weight: what the layer's arguments `<name>Initializer`, `<name>Regularizer` and `<name>Constraint` say, or the
 * default start.
 *
 * @param defaults in the order in which the layer's configuration lists the weights
 * @param seed the layer's, of which each weight gets its own stream
 */
export function weightRules(
  args: object,
  defaults: Readonly<Record<string, DefaultInitializer>>,
  seed: number | null,
): Record<string, WeightRule> {
  const given = args as Record<string, never>;
  const rules: Record<string, WeightRule> = {};
  for (const [name, start] of Object.entries(defaults)) {
    const stream = deriveSeed(seed, name);
    const regularizer = given[`${name}Regularizer`] ?? null;
    const constraint = given[`${name}Constraint`] ?? null;
    rules[name] = {
      initializer: deserializeObject<Initializer>('initializer', given[`${name}Initializer`] ?? start(stream), stream),
      regularizer: regularizer && deserializeObject<Regularizer>('regularizer', regularizer),
      constraint: constraint && deserializeObject<Constraint>('constraint', constraint),
    };
  }
  return rules;
}

/** The same as a layer's configuration holds it. */
export function weightRulesConfig(rules: Readonly<Record<string, WeightRule>>): serialization.ConfigDict {
  const config: serialization.ConfigDict = {};
  for (const [name, { initializer, regularizer, constraint }] of Object.entries(rules)) {
    config[`${name}Initializer`] = serializeObject(initializer);
    config[`${name}Regularizer`] = serializeObject(regularizer);
    config[`${name}Constraint`] = serializeObject(constraint);
  }
  return config;
}
