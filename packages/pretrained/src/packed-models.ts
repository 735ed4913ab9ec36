// Written by scripts/pack-model.mjs from the folders in models/. It lies in src itself, as what is built does in dist: the addresses are the
// same from both. Each is spelled out, as bundlers know it, and made only when it is asked for: in a bundle of another format there is none.
import fluted from '../models/fluted/card.json';
import observable from '../models/observable/card.json';
import robust from '../models/robust/card.json';
import study from '../models/study/card.json';
import type { PretrainedCard } from './card.js';

/** Name of a model that comes with the package. */
export type PretrainedName = 'fluted' | 'observable' | 'robust' | 'study';

/** Where the files of a model lie, by name. */
export type ModelFiles = Readonly<Record<'config.json' | 'model.json' | 'weights.bin', URL>>;

/** A model of the package. */
export interface PackedModel {
  readonly card: PretrainedCard;
  files(): ModelFiles;
}

/** The models of the package, by name. */
export const packedModels: Readonly<Record<PretrainedName, PackedModel>> = {
  fluted: {
    card: fluted as unknown as PretrainedCard,
    files: () => ({
      'config.json': new URL('../models/fluted/config.json', import.meta.url),
      'model.json': new URL('../models/fluted/model.json', import.meta.url),
      'weights.bin': new URL('../models/fluted/weights.bin', import.meta.url),
    }),
  },
  observable: {
    card: observable as unknown as PretrainedCard,
    files: () => ({
      'config.json': new URL('../models/observable/config.json', import.meta.url),
      'model.json': new URL('../models/observable/model.json', import.meta.url),
      'weights.bin': new URL('../models/observable/weights.bin', import.meta.url),
    }),
  },
  robust: {
    card: robust as unknown as PretrainedCard,
    files: () => ({
      'config.json': new URL('../models/robust/config.json', import.meta.url),
      'model.json': new URL('../models/robust/model.json', import.meta.url),
      'weights.bin': new URL('../models/robust/weights.bin', import.meta.url),
    }),
  },
  study: {
    card: study as unknown as PretrainedCard,
    files: () => ({
      'config.json': new URL('../models/study/config.json', import.meta.url),
      'model.json': new URL('../models/study/model.json', import.meta.url),
      'weights.bin': new URL('../models/study/weights.bin', import.meta.url),
    }),
  },
};
