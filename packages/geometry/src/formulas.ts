export { type Formula, type FormulaSurfaceDefinition, surfaceFromFormulas } from './surface-from-formulas.js';
