import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { checkOptions } from './check-options.js';
import { checkPositiveInteger } from './check-positive-integer.js';
import { deriveSeed } from './derive-seed.js';
import type { KANLayer } from './kan-layer.js';
import { type KANArgsByLayer, type LayerName, layerTable } from './layer-table.js';

/** What {@link kan} takes beside a layer's own arguments. */
export interface KANStackOptions {
  /** Inputs, hidden widths, outputs: [1280, 64, 6] makes two layers. */
  readonly widths: readonly number[];
  /** Name of the model. */
  readonly name?: string;
}

/** Options of {@link kan}: `widths`, the layer's kind (default 'efficientKAN'), and that layer's own arguments for every layer. */
export type KANOptions =
  | (KANStackOptions & { readonly layer?: 'efficientKAN' } & Omit<
        KANArgsByLayer['efficientKAN'],
        'units' | 'name' | 'inputShape'
      >)
  | {
      [Name in LayerName]: KANStackOptions & { readonly layer: Name } & Omit<
          KANArgsByLayer[Name],
          'units' | 'name' | 'inputShape'
        >;
    }[LayerName];

/**
 * Makes a network of KAN layers, one after the other. One `seed` gives every layer a seed of its own.
 *
 * @throws if there are fewer than two widths, a width is not a positive integer or the kind of layer is unknown
 */
export function kan(options: KANOptions): Sequential {
  const { widths, layer = 'efficientKAN', name, seed, ...args } = options ?? ({} as KANOptions);
  // Each kind's arguments are checked against its own name by KANOptions.
  const row = layerTable[layer] as
    | (Pick<(typeof layerTable)['efficientKAN'], 'kind'> & { readonly make: (args: object) => KANLayer })
    | undefined;
  if (!row) {
    throw new Error(`kan: unknown layer; expected one of ${Object.keys(layerTable).join(', ')}, got '${layer}'`);
  }
  const { units: _, inputShape: __, ...names } = row.kind.argNames;
  checkOptions<object>('kan', options, { ...names, widths: 1, layer: 1 });
  if (!Array.isArray(widths)) {
    throw new Error(`kan: widths is wrong; expected whole numbers in an array such as [2, 5, 1], got ${widths}`);
  }
  if (widths.length < 2) {
    throw new Error(`kan: too few widths; expected at least inputs and outputs, got [${widths}]`);
  }
  for (const width of widths) checkPositiveInteger('kan: a width', width);
  const model = sequential({ ...(name && { name }), layers: [layers.inputLayer({ inputShape: [widths[0]!] })] });
  widths.slice(1).forEach((units, i) => {
    model.add(row.make({ ...args, units, seed: deriveSeed(seed, `layer/${i}`) }));
  });
  return model;
}
