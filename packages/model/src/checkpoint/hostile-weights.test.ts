import { describe, expect, it } from 'vitest';
import { type Change, networksFrom } from '../../test/changed-artifacts.js';
import { fromArtifacts } from './from-artifacts.js';

const { changed, expectRefusal } = networksFrom();

describe('fromArtifacts', () => {
  it.each<[string, Change, RegExp]>([
    [
      'more weights than there are',
      ({ manifest }) => {
        manifest.config.head.widths = Array.from({ length: 64 }, () => 4096);
      },
      /weights\.bin holds 554192 weights, and the network of config\.json \(.*head efficientKAN with layers of 4096, 4096,.*\) needs more up to the layer "head_0"/,
    ],
    [
      'a grid larger than its weights',
      ({ layer }) => {
        layer('head_1').config.grid_size = 1e6;
      },
      /needs more up to the layer "head_1"/,
    ],
    [
      'a weight that is no number',
      ({ weights }) => {
        new Float32Array(weights.buffer)[5] = Number.NaN;
      },
      /weights\.bin cannot be used: "[^"]+" holds NaN; expected finite numbers/,
    ],
    [
      'a variance below 0, whose root is no number',
      ({ model, weights }) => {
        let at = 0;
        for (const { name, shape } of model.weightsManifest[0].weights) {
          if (name === 'features.1.norm/moving_variance') new Float32Array(weights.buffer)[at] = -0.5;
          at += shape.reduce((a: number, b: number) => a * b, 1);
        }
      },
      /weights\.bin cannot be used: "features\.1\.norm\/moving_variance" holds -0\.5; expected no variance below 0/,
    ],
    [
      'a weight that it does not need',
      ({ model }) => {
        model.weightsManifest[0].weights[0].name = 'other';
      },
      /the network's weight "[^"]+" is not in weightsManifest of model\.json/,
    ],
    [
      'weights of another shape',
      ({ model }) => {
        model.weightsManifest[0].weights[0].shape.reverse();
      },
      /has the shape \[3,3,3,16\], but weightsManifest of model\.json says \[16,3,3,3\]/,
    ],
    [
      'weights of another kind',
      ({ model }) => {
        model.weightsManifest[0].weights[0].dtype = 'uint8';
      },
      /weightsManifest of model\.json is wrong; expected weights/,
    ],
    [
      'fewer weights',
      ({ model }) => {
        model.weightsManifest[0].weights.pop();
      },
      /expected the \d+ bytes of weights\.bin, got \d+/,
    ],
  ])('refuses %s', (_, change, message) => expectRefusal(change, message));

  it('does not predict what is no number', async () => {
    const artifacts = await changed(({ weights }) => {
      // Finite, each of them: only their sums are not.
      new Float32Array(weights.buffer).fill(3e38, -100);
    });
    const { reconstructor } = await fromArtifacts(artifacts);
    try {
      await expect(reconstructor.predictBatch(new Uint8Array(32 * 32 * 3))).rejects.toThrow(
        /^Reconstructor: the network's answer for \w+ is (NaN|-?Infinity); expected a finite number/,
      );
    } finally {
      reconstructor.dispose();
    }
  });
});
