/** Values of `--format`. */
export const meshFormats = ['glb', 'obj', 'stl'] as const;

export type MeshFormat = (typeof meshFormats)[number];
