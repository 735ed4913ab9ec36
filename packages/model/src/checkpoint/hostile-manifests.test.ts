import { describe, expect, it } from 'vitest';
import { type Change, networksFrom } from '../../test/changed-artifacts.js';
import { fromArtifacts } from './from-artifacts.js';

const { changed, expectRefusal } = networksFrom();

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
      'an unknown parameter among the invisible',
      ({ manifest }) => {
        manifest.card.limits = { invisible: ['radius', 'foo'] };
      },
      /config\.json is wrong: card\.limits\.invisible is wrong; expected names of its targets \(radius, height, .*\), got "foo"; put a sound copy/,
    ],
    [
      'an unknown parameter in a combination',
      ({ manifest }) => {
        const parts = [{ parameter: 'radius', index: 0, weight: 1 }];
        const term = { kind: 'factor', offset: 0, power: 1, parts };
        const other = { ...term, parts: [{ parameter: 'foo', index: 1, weight: 1 }] };
        manifest.card.limits = { combinations: [{ name: 'foo·radius', terms: [term, other] }] };
      },
      /card\.limits\.combinations\.0\.terms\.1\.parts\.0\.parameter is wrong; .*, got "foo"/,
    ],
    [
      'an unknown parameter in the best scores',
      ({ manifest }) => {
        manifest.card.limits = { best: { r2: 1, perParameter: [{ name: 'foo', r2: 1 }] } };
      },
      /card\.limits\.best\.perParameter is wrong; .*, got "foo"/,
    ],
    [
      'an unknown parameter among the visible',
      ({ manifest }) => {
        manifest.card.scores = { visible: ['foo'] };
      },
      /card\.scores\.visible is wrong; .*, got "foo"/,
    ],
    [
      'an unknown parameter in the scores of a training',
      ({ manifest }) => {
        manifest.card.scores = { validation: { val_r2_per_parameter: { radius: 0.5, foo: null } } };
      },
      /card\.scores\.validation\.val_r2_per_parameter is wrong; .*, got "foo"/,
    ],
    [
      'no card',
      ({ manifest }) => {
        delete manifest.card;
      },
      /config\.json is wrong: card is missing/,
    ],
  ])('refuses %s', (_, change, message) => expectRefusal(change, message));

  it('takes a card that speaks of its targets, or of what it does not know', async () => {
    const card = {
      limits: {
        invisible: ['height'],
        invariances: [{ terms: [{ parameter: 'radius', index: 0, kind: 'factor', rate: 1, offset: 0 }] }],
        best: { r2: 1, perParameter: [{ name: 'radius', r2: 1 }], bounds: ['radius'] },
        summary: ['foo shows'],
      },
      scores: { validation: { val_r2_per_parameter: { radius: null } }, combinations: [{ name: 'height/radius' }] },
      calibration: { visible: ['foo'] },
    };
    const artifacts = await changed(({ manifest }) => Object.assign(manifest, { card }));
    const { reconstructor } = await fromArtifacts(artifacts);
    expect(reconstructor.card).toEqual(card);
    reconstructor.dispose();
  });
});
