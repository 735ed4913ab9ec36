import type { Label } from '@kanrecon/dataset';
import type { ParametricSurface } from '@kanrecon/geometry';
import type { PretrainedName } from '@kanrecon/pretrained';
import type { Picture } from '../image/picture.js';
import type { ModelVerdict, NetworkAnswer, RefinedObject, RefineStep } from '../worker/protocol.js';
import type { Look } from './look.js';
import type { ModelName } from './model-name.js';

/** Where an image came from; an object of a link, and a surface by itself, has none. */
export type Origin =
  | { readonly kind: 'file' }
  | { readonly kind: 'sample'; readonly scene: PretrainedName; readonly seed: number }
  | { readonly kind: 'link' }
  /** Drawn for a model of this browser's own. */
  | { readonly kind: 'drawn' }
  | { readonly kind: 'surface' };

/** What a person has set. */
export interface Edit {
  /** By name, in units. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Names of those that are known. */
  readonly locks: readonly string[];
}

/** A point of the curve that refinement draws. */
export interface CurvePoint {
  readonly renderings: number;
  readonly cost: number;
  readonly phase: RefineStep['phase'];
}

/**
 * What is being done with an image: `reading` and `answering` until a network has answered, `choosing` until it is known which model it is
 * for, `refining` while renderings are fitted; nothing else is going on when `ready`.
 */
export type Phase = 'reading' | 'answering' | 'choosing' | 'ready' | 'refining' | 'failed';

/** One image and all that is known of it. Never changed: a change is a new one. */
export interface Case {
  readonly id: number;
  readonly name: string;
  readonly origin: Origin;
  readonly phase: Phase;
  /** Why there is nothing to be seen, in a sentence, of a case that failed. */
  readonly failure?: string;
  readonly picture?: Picture;
  /** The file that it was read from: networks see the image in its own size, whenever they are asked. */
  readonly file?: File;
  readonly answers: readonly NetworkAnswer[];
  readonly verdicts: readonly ModelVerdict[];
  /** The model whose answer is shown, and whether it stays whatever the verdict: it was chosen by hand, or its object was edited. */
  readonly model?: ModelName;
  readonly byHand: boolean;
  readonly refined: { readonly [model: string]: RefinedObject };
  /** How often refinement was begun or gone on with: each time with other random numbers. */
  readonly runs: number;
  readonly curve: readonly CurvePoint[];
  /** The last step of a refinement that goes on, or was stopped. */
  readonly step?: RefineStep;
  /** Whether numbers are shown though the verdict says that they mean nothing. */
  readonly shownAnyway: boolean;
  /** The surface that is shown by itself, of a case without an image and a model. */
  readonly surface?: ParametricSurface;
  /** What a link, or a person, says of camera, colour and light; gone with the next estimate that is taken. */
  readonly look?: Look;
  /** What the image really shows, by a label file. */
  readonly label?: Label;
  readonly edit?: Edit;
  readonly undo: readonly Moment[];
  readonly redo: readonly Moment[];
}

/** One step of undo and redo: what was set, with all that stands beside it on the page and was found in the same moment. */
export type Moment = Pick<Case, 'edit' | 'refined' | 'step' | 'curve' | 'look'>;

let next = 1;

/** A case of which nothing is known yet. */
export function newCase(given: Pick<Case, 'name' | 'origin' | 'phase'> & Partial<Case>): Case {
  return {
    answers: [],
    verdicts: [],
    byHand: false,
    refined: {},
    runs: 0,
    curve: [],
    shownAnyway: false,
    undo: [],
    redo: [],
    ...given,
    id: next++,
  };
}
