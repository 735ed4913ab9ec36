/** The names in the registry, spelled out so that a surface of one's own does not bring the built-in ones along. */
export const builtInNames: readonly string[] = [
  'spiral-cylinder',
  'fluted-column',
  'superellipsoid',
  'torus-pair',
  'vase',
];
