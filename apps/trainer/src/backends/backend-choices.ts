import { backendNames } from '@kanrecon/training/node';

/** Values of `--backend`. */
export const backendChoices = ['auto', ...backendNames] as const;
