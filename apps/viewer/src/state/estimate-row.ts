import type { Vector3 } from '@kanrecon/render';
import type { DrawnView } from '@kanrecon/scene';
import type { Interval } from '../worker/protocol.js';

/** A parameter and what is known of it. */
export interface EstimateRow {
  readonly name: string;
  /** In units; undefined where the image tells nothing of it. */
  readonly value?: number;
  /** Holds the real value in 90 of 100 cases. */
  readonly interval90?: Interval;
  /** What has to be said besides, in a few words. */
  readonly note?: string;
  /** Whether only the first two digits mean anything. */
  readonly rough: boolean;
}

/** What is believed of an image's object. */
export interface Estimate {
  readonly from: 'network' | 'refined';
  /** What is drawn: inside the ranges. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly view: DrawnView;
  readonly baseColor: Vector3;
  readonly rows: readonly EstimateRow[];
  /** What shows although its parts do not, such as height/radius. */
  readonly combinations: readonly EstimateRow[];
  /** What the numbers are worth, in a sentence. */
  readonly worth: string;
}
