import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { setBackend } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { basesFigure } from '../scripts/make-bases-figure.mjs';
import * as kan from '../src/index.js';

const number = /-?\d+(?:\.\d+)?/g;

it('docs/bases.svg shows what the layers compute now (else: node scripts/make-bases-figure.mjs)', async () => {
  await setBackend('cpu');
  const committed = readFileSync(new URL('../docs/bases.svg', import.meta.url), 'utf8');
  const now = basesFigure(kan);
  expect(committed.replaceAll(number, '#')).toBe(now.replaceAll(number, '#'));
  // A coordinate may be rounded the other way on another machine.
  const expected = now.match(number)!.map(Number);
  const difference = committed.match(number)!.map((text, i) => Math.abs(Number(text) - expected[i]!));
  expect(Math.max(...difference)).toBeLessThan(0.15);
});
