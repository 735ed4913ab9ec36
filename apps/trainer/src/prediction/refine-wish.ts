import type { FindObjectOptions } from '@kanrecon/reconstruction';

/** How objects are refined, as far as the program says so. */
export type RefineWish = Required<Pick<FindObjectOptions, 'limits' | 'budget' | 'known'>>;
