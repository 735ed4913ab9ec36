import { randomUniform, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type BackboneName,
  backboneByName,
  backboneNames,
  efficientNetB0,
  smallCnn,
  squeezeNet11,
  stageOutputNames,
} from '../src/index.js';
import { useBackend } from './backends.js';
import { families } from './families.js';

beforeAll(() => useBackend('wasm'));

function squeezeNet(first: number, pools: readonly number[]): number[] {
  const sides = [first];
  for (let stage = 1; stage < 13; stage++) {
    const last = sides.at(-1) as number;
    sides.push(pools.includes(stage) ? Math.ceil((last - 3) / 2) + 1 : last);
  }
  return sides;
}

function efficientNet(n: number): number[] {
  return strided(n, [2, 1, 2, 2, 2, 1, 2, 1, 1]);
}

/** Convolutions whose padding is half the kernel. */
function strided(n: number, strides: readonly number[]): number[] {
  const sides: number[] = [];
  for (const stride of strides) sides.push(Math.floor(((sides.at(-1) ?? n) - 1) / stride) + 1);
  return sides;
}

/** Side of every stage's map, from torch's own size formulas: ⌊(n + 2p − k) / s⌋ + 1, upwards for SqueezeNet's pools. */
const stageSides: Record<BackboneName, (n: number) => number[]> = {
  squeezeNet11: (n) => squeezeNet(Math.floor((n - 3) / 2) + 1, [2, 5, 8]),
  squeezeNet10: (n) => squeezeNet(Math.floor((n - 7) / 2) + 1, [2, 6, 11]),
  efficientNetB0: efficientNet,
  efficientNetB1: efficientNet,
  efficientNetB2: efficientNet,
  efficientNetB3: efficientNet,
  efficientNetB4: efficientNet,
  efficientNetLite0: efficientNet,
  mobileNetV3Small: (n) => strided(n, [2, 2, 2, 1, 2, 1, 1, 1, 1, 2, 1, 1, 1]),
  // A pool is left out where less than four pixels would remain.
  smallCnn: (n) => {
    const sides: number[] = [];
    for (const pool of [true, true, true, true, false, false]) {
      const last = sides.at(-1) ?? n;
      sides.push(pool && Math.floor(last / 2) >= 4 ? Math.floor(last / 2) : last);
    }
    return sides;
  },
};

describe.each(backboneNames)('%s', (name) => {
  const { create, featureSize, minImageSize, takesOpenSides } = backboneByName(name);
  let model: ReturnType<typeof create> | undefined;
  afterEach(() => {
    model?.dispose();
    model = undefined;
  });

  const sizes: [height: number, width: number][] = [
    [97, 130],
    [224, 160],
    [Math.max(minImageSize, 17), 40],
  ];
  for (const side of [64, 65, 75, 96, 128, 224]) if (families.some((one) => one === name)) sizes.push([side, side]);

  it.each(sizes)('has the shapes of torch at %i x %i', (height, width) => {
    model = create({ imageSize: [height, width] });
    expect(model.inputs[0]?.shape).toEqual([null, height, width, 3]);
    expect(model.outputShape).toEqual([null, featureSize]);
    const [rows, columns] = [stageSides[name](height), stageSides[name](width)];
    stageOutputNames(name).forEach((layer, index) => {
      expect(model?.getLayer(layer).outputShape.slice(1, 3), layer).toEqual([rows[index], columns[index]]);
    });
  });

  it.runIf(takesOpenSides && families.some((one) => one === name))(
    'takes any size where the sides are open, with the same results',
    () => {
      const open = create({ imageSize: null, seed: 3 });
      expect(open.outputShape).toEqual([null, featureSize]);
      for (const [height, width] of [
        [64, 64],
        [67, 90],
        [minImageSize, minImageSize],
      ] as const) {
        const fixed = create({ imageSize: [height, width], seed: 3 });
        tidy(() => {
          const x = randomUniform([1, height, width, 3], -1, 1, 'float32', 5);
          const [actual, expected] = [open, fixed].map((m) => [...(m.predict(x) as Tensor).dataSync()]);
          expect(actual).toHaveLength(featureSize);
          expect(actual).toEqual(expected);
        });
        fixed.dispose();
      }
      open.dispose();
    },
  );

  it.skipIf(takesOpenSides)('says that its sides cannot be open', () => {
    for (const imageSize of [null, [64, null]] as const) {
      expect(() => create({ imageSize })).toThrow(/imageSize is open; expected the height and width in pixels/);
    }
  });

  it('takes other channel numbers and names', () => {
    model = create({ imageSize: 32, channels: 1, name: 'grey' });
    expect(model.name).toBe('grey');
    expect(model.inputs[0]?.shape).toEqual([null, 32, 32, 1]);
  });

  it('refuses options that are not usable', () => {
    expect(() => create({ imageSize: minImageSize - 1 })).toThrow(
      new RegExp(`${name}: imageSize .* at least ${minImageSize}`),
    );
    expect(() => create({ imageSize: 64.5 })).toThrow('got 64.5');
    expect(() => create({ channels: 0 })).toThrow('channels');
    expect(() => create({ seed: 0.5 })).toThrow('seed');
  });
});

it('knows its backbones by name', () => {
  expect(backboneByName('squeezeNet11').create).toBe(squeezeNet11);
  expect(backboneByName('efficientNetB0').create).toBe(efficientNetB0);
  expect(backboneByName('smallCnn').create).toBe(smallCnn);
  expect(() => backboneByName('resNet' as BackboneName)).toThrow(
    `expected one of ${backboneNames.join(', ')}, got resNet`,
  );
  expect(() => backboneByName('toString' as BackboneName)).toThrow('unknown backbone');
});
