import { backendNames } from '@kanrecon/training/names';

/** Values of `--backend`. */
export const backendChoices = ['auto', ...backendNames] as const;
