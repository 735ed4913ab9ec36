import { readFileSync } from 'node:fs';
import * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { layerCases } from './layer-cases/index.js';
import { activations, constraints, initializers, losses, metrics, optimizers, regularizers } from './settings.js';

const README = new URL('../../README.md', import.meta.url);

/** Other names of layers, what is no layer, and the inside of convLstm2d. */
const NOT_LAYERS = [
  ...['input', 'inputLayer', 'Layer', 'RNN', 'RNNCell', 'convLstm2dCell'],
  ...['avgPool1d', 'avgPool2d', 'avgPool3d', 'avgPooling1d', 'avgPooling2d', 'avgPooling3d'],
  ...['globalMaxPool1d', 'globalMaxPool2d', 'maxPool1d', 'maxPool2d'],
];

const trained = layerCases.filter(({ fails }) => !fails);
const rows: Record<string, string[]> = {
  layers: sorted(trained.map(({ layer }) => layer)),
  activations: [...activations],
  losses: Object.keys(losses),
  metrics: Object.keys(metrics),
  optimizers: [...new Set(Object.keys(optimizers).map((name) => name.split(',')[0]!))],
  initializers: Object.keys(initializers),
  regularizers: Object.keys(regularizers),
  constraints: Object.keys(constraints),
};

describe('what the README says that trains', () => {
  it('is what the tests train', () => {
    for (const [name, expected] of Object.entries(rows)) expect(namesInRow(name), name).toEqual(expected);
  });

  it('and what it says does not is what the tests find', () => {
    const failing = layerCases.filter(({ fails }) => fails);
    const text = section('## What trains');
    for (const { layer, form } of failing) expect(text).toContain(`| \`${layer}\`${form ? `, ${form}` : ''} `);
    expect(text.match(/^\| `/gm)).toHaveLength(failing.length);
  });

  it('leaves out no layer, activation, loss, metric, initializer, regularizer or constraint of tfjs-layers', () => {
    const cases = layerCases.map(({ layer }) => layer);
    expect(sorted(Object.keys(tfl.layers).filter((name) => !NOT_LAYERS.includes(name)))).toEqual(sorted(cases));
    expect(sorted(Object.keys(tfl.initializers))).toEqual(sorted(rows['initializers']!));
    expect(sorted(Object.keys(tfl.regularizers))).toEqual(sorted(rows['regularizers']!));
    expect(sorted(Object.keys(tfl.constraints))).toEqual(sorted(rows['constraints']!));
    const other = ['MAPE', 'mape', 'MSE', 'mse', 'accuracy'];
    const named = (names: string[]) => sorted(names.filter((name) => !other.includes(name)));
    expect(named(Object.keys(tfl.metrics))).toEqual(named(rows['metrics']!));
  });
});

function namesInRow(name: string): string[] {
  const row = section('## What trains')
    .split('\n')
    .find((line) => line.startsWith(`| ${name} `));
  return [...(row ?? '').matchAll(/`(.*?)`/g)].map((match) => match[1]!);
}

function section(title: string): string {
  const readme = readFileSync(README, 'utf8');
  const start = readme.indexOf(title);
  return readme.slice(start, readme.indexOf('\n## ', start + 1));
}

function sorted(names: string[]): string[] {
  return [...new Set(names)].sort();
}
