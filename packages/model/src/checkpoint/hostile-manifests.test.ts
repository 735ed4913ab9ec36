import { describe, it } from 'vitest';
import { type Change, networksFrom } from '../../test/changed-artifacts.js';

const { expectRefusal } = networksFrom();

describe('fromArtifacts', () => {
  it.each<[string, Change, RegExp]>([
    [
      'endless nesting',
      ({ manifest }) => {
        manifest.card = {};
        let inner = manifest.card;
        for (let i = 0; i < 3000; i++) {
          inner.a = {};
          inner = inner.a;
        }
        manifest.config.head = 'x';
      },
      /config\.json is wrong: head is wrong/,
    ],
    [
      'no range',
      ({ manifest }) => {
        delete manifest.targets[2].max;
      },
      /config\.json is wrong: targets\.2\.max is wrong; it must be a finite number, and is missing/,
    ],
    [
      'no mean, which has a default elsewhere',
      ({ manifest }) => {
        delete manifest.config.mean;
      },
      /config\.json is wrong: config\.mean is missing/,
    ],
    [
      'no card',
      ({ manifest }) => {
        delete manifest.card;
      },
      /config\.json is wrong: card is missing/,
    ],
  ])('refuses %s', (_, change, message) => expectRefusal(change, message));
});
