export { type Formula, type FormulaSurfaceDefinition, surfaceFromFormulas } from './formulas/surface-from-formulas.js';
