import { backendNames } from './backend-names.js';

/** Values of `--backend`. */
export const backendChoices = ['auto', ...backendNames] as const;
