/** The figure of all bases as SVG; needs a backend of TensorFlow.js. */
export function basesFigure(kan: typeof import('../src/index.js')): string;
