import type { ParametricSurface } from '@kanrecon/geometry';
import type { SceneName } from '@kanrecon/scene';
import { signal } from '@preact/signals';
import type { Identified } from '../worker/findings.js';

/** How a surface can be seen: as the objects of these scenes. */
export const looks: Readonly<Record<SceneName, string>> = {
  observable: 'with a hue wheel on it, from a fixed distance',
  fluted: 'in one colour, from a fixed distance',
  study: 'in one colour, the camera fitted to it, as in the study',
  robust: 'in one colour, the camera fitted to it, in any light and lens',
};

export const chosenLook = signal<SceneName>('observable');

/** What images tell of a surface, as far as it was found out. */
export interface Identification {
  readonly surface: ParametricSurface;
  readonly look: SceneName;
  readonly busy: boolean;
  /** Objects looked at, of how many. */
  readonly progress?: { readonly done: number; readonly total: number };
  readonly found?: Identified;
  /** Why there is nothing, in a sentence. */
  readonly failure?: string;
}

export const identification = signal<Identification | undefined>(undefined);
