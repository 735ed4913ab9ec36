import { beforeAll, describe, expect, it } from 'vitest';
import { enableWasmTraining } from '../../src/index.js';
import { startBackends } from '../backends.js';
import { layerCases } from './layer-cases/index.js';
import { difference, differentiate, moved, trainOnce } from './train-once.js';

beforeAll(startBackends);

const named = layerCases.map((value) => [`${value.layer} ${value.form ?? ''}`.trim(), value] as const);
const trained = named.filter(([, { fails }]) => !fails);
const failing = named.filter(([, { fails }]) => fails);

describe('a step of training on wasm', () => {
  it.each(trained)('is right: %s', async (_, { build, reference = build, noReference, needs }) => {
    const { kernels } = await enableWasmTraining();
    if (needs && !kernels.includes(needs)) return;
    const actual = await trainOnce('wasm', build);
    const expected = noReference ? await differentiate(build) : await trainOnce('cpu', reference);
    const { error, where } = difference(actual, expected);
    expect(error, where).toBeLessThan(noReference ? 5e-4 : 5e-5);
    expect(moved(actual)).toBe(true);
  });

  it.each(failing)('is what tfjs-layers refuses everywhere: %s', async (_, { build, fails }) => {
    await expect(trainOnce('cpu', build)).rejects.toThrow(fails);
    await expect(trainOnce('wasm', build)).rejects.toThrow(fails);
  });
});
