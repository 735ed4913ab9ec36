export { surfaceFromFormulas } from './formulas/surface-from-formulas.js';
export type { Formula, FormulaSurfaceDefinition } from './surfaces/formula-surface-definition.js';
