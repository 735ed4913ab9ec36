import {
  chebyshevKAN,
  classicFourierKAN,
  efficientKAN,
  fasterKAN,
  fastKAN,
  fourierKAN,
  jacobiKAN,
  legendreKAN,
  rationalKAN,
  waveletKAN,
} from '@kanrecon/kan-layers';
import { type HeadType, headNames } from './head-names.js';
import type { HeadOutputs, HeadSpec } from './head-spec.js';
import { linearLayer } from './linear-layer.js';
import { pointEstimate } from './point-estimate.js';

/** What builds a head, and what its outputs mean where they are no {@link pointEstimate}. */
type HeadRow = Pick<HeadSpec, 'layer'> & Partial<HeadOutputs>;

/**
 * The KAN layers come with their package's defaults, but without normalisation, which the study's heads have none of (batch norm would
 * also tie one image's outputs to the others of its batch), and with a start that keeps the size of what goes through several.
 */
const rows: Readonly<Record<HeadType, HeadRow>> = {
  mlp: { layer: linearLayer },
  efficientKAN: { layer: ({ units, seed, name }) => efficientKAN({ units, seed, name }) },
  fourierKAN: { layer: ({ units, seed, name }) => fourierKAN({ units, seed, name }) },
  fastKAN: { layer: ({ units, seed, name }) => fastKAN({ units, seed, name, layerNorm: false }) },
  fasterKAN: { layer: ({ units, seed, name }) => fasterKAN({ units, seed, name, layerNorm: false }) },
  chebyshevKAN: { layer: ({ units, seed, name }) => chebyshevKAN({ units, seed, name, start: 'fanIn' }) },
  jacobiKAN: { layer: ({ units, seed, name }) => jacobiKAN({ units, seed, name, start: 'fanIn' }) },
  legendreKAN: { layer: ({ units, seed, name }) => legendreKAN({ units, seed, name, start: 'fanIn' }) },
  waveletKAN: { layer: ({ units, seed, name }) => waveletKAN({ units, seed, name, batchNorm: false }) },
  rationalKAN: { layer: ({ units, seed, name }) => rationalKAN({ units, seed, name }) },
  classicFourierKAN: {
    layer: ({ units, seed, name }) => classicFourierKAN({ units, seed, name, smoothInitialization: true }),
  },
};

/** Every head. */
export const headTable: readonly HeadSpec[] = headNames.map((names) => ({
  ...pointEstimate,
  ...names,
  ...rows[names.name],
}));

/** The head of that kind. */
export function headByName(name: HeadType): HeadSpec {
  return headTable.find((head) => head.name === name)!;
}
