import type { JsonValue } from '../checkpoint/json-value.js';

/**
 * What is known of a network besides its configuration: data that this package carries and does not read. The packages that do are named
 * below; more may be in it.
 */
export interface ModelCard {
  /** What its images show: `SceneJson` of `@kanrecon/scene`. */
  readonly scene?: JsonValue;
  /** What such images can tell at all, and the best possible scores: `ImageLimits` of `@kanrecon/identifiability`. */
  readonly limits?: JsonValue;
  /** What it was trained with: `Experiment` of `@kanrecon/training`, but for where its data lay. */
  readonly experiment?: JsonValue;
  /** What its training began from, if not from random weights: `TrainingInit` of `@kanrecon/training`. */
  readonly init?: JsonValue;
  /** How it scored, and on what. */
  readonly scores?: JsonValue;
  /** How its intervals were made honest. */
  readonly calibration?: JsonValue;
  readonly [key: string]: JsonValue | undefined;
}
