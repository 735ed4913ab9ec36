import { backboneTable } from '@kanrecon/backbones/names';
import { describe, expect, it } from 'vitest';
import { headNames } from '../heads/head-names.js';
import { modelByName } from './model-by-name.js';
import { parseReconstructorConfig } from './reconstructor-config.js';
import { reconstructorName } from './reconstructor-name.js';
import { studyModels } from './study-models.js';

const backbones = `one of ${backboneTable.map(({ studyName }) => studyName).join(', ')}`;

describe('modelByName', () => {
  it.each(studyModels)('reads $name of the study', ({ name, config }) => {
    expect(parseReconstructorConfig(modelByName(name))).toEqual(parseReconstructorConfig(config));
  });

  const locks = ['LOCK', 'UNLOCK'];
  const rates = ['DROP', 'NODROP', 'DROP25'];
  it.each(backboneTable)('reads every name of the general form with $studyName', ({ name: backbone, studyName }) => {
    for (const lock of locks) {
      for (const rate of rates) {
        for (const { name: type, studyName: head } of headNames) {
          for (const width of [6, 16, 32, 100, 256]) {
            const config = modelByName([studyName, lock, rate, head, width].join('_'));
            const dropout = { DROP: 0.4, NODROP: 0, DROP25: 0.25 }[rate];
            expect(config).toMatchObject({ backbone, trainBackbone: lock === 'UNLOCK', head: { type, dropout } });
            // What a run of it is called is a name of the same network.
            const called = reconstructorName(parseReconstructorConfig(config));
            expect(modelByName(called), called).toEqual(config);
          }
        }
      }
    }
  });

  it('knows which layers come behind the first, and dropout between them', () => {
    const head = (name: string) => modelByName(name).head;
    expect(head('SMALLCNN_UNLOCK_NODROP_CLASSICA_6')).toEqual({
      type: 'mlp',
      widths: [],
      dropout: 0,
      hiddenDropout: 0,
    });
    expect(head('SMALLCNN_DROP_EFFK_48').widths).toEqual([48]);
    expect(head('SMALLCNN_DROP_EFFK_32').widths).toEqual([32, 16]);
    expect(head('SMALLCNN_DROP_EFFK_256').widths).toEqual([256, 128, 64, 32]);
    expect(head('SMALLCNN_DROP05_EFFK_DROP_8')).toMatchObject({ dropout: 0.05, hiddenDropout: 0.05 });
    expect(head('SMALLCNN_NODROP_EFFK_DROP_8')).toMatchObject({ dropout: 0, hiddenDropout: 0.4 });
  });

  const heads = headNames.map(({ studyName }) => studyName).join(', ');
  const dropout = 'NODROP, DROP (a rate of .4) or DROP with the decimals of a rate (DROP25 is .25)';
  const width = "a whole number from 1 to 4096, the units of the head's first layer, at the end";
  it.each([
    ['EFFNETB7_UNLOCK_DROP_FOURIER_6', 'backbone', backbones, '"EFFNETB7"', 'EFFNETB0_UNLOCK_DROP_FOURIER_6'],
    ['RESNET_UNLOCK_DROP_FOURIER_6', 'backbone', backbones, '"RESNET"', 'EFFNETB0_UNLOCK_DROP_FOURIER_6'],
    [
      'EFFNETB0_UNLOK_NODROP_FSTK_7',
      'training of the backbone',
      'one of UNLOCK, LOCK',
      '"UNLOK"',
      'EFFNETB0_UNLOCK_NODROP_FSTK_7',
    ],
    ['SMALLCNN_LOCK_DRP_FSTK_7', 'dropout', dropout, '"DRP"', 'SMALLCNN_LOCK_DROP_FSTK_7'],
    ['SMALLCNN_LOCK_DROP0_FSTK_7', 'dropout', dropout, '"DROP0"', 'SMALLCNN_LOCK_DROP_FSTK_7'],
    ['SQUEEZENET_FOURIER_6', 'dropout', dropout, '"FOURIER"', 'SQUEEZENET_NODROP_FOURIER_6'],
    ['SQUEEZENET_NODROP_FOURRIER_12', 'head', `one of ${heads}`, '"FOURRIER"', 'SQUEEZENET_NODROP_FOURIER_12'],
    [
      'SQUEEZENET_DROP4_FOURIER_DORP_256',
      'dropout between the layers of the head',
      'DROP',
      '"DORP"',
      'SQUEEZENET_DROP4_FOURIER_DROP_256',
    ],
    ['EFFNETB0_UNLOCK_DROP_FOURIER', 'width', width, 'nothing', 'EFFNETB0_UNLOCK_DROP_FOURIER_6'],
    ['EFFNETB0_UNLOCK_DROP_FOURIER_0', 'width', width, '"0"', 'EFFNETB0_UNLOCK_DROP_FOURIER_6'],
    ['EFFNETB0_UNLOCK_DROP_FOURIER_6_2', 'end', 'nothing behind the width', '"2"', 'EFFNETB0_UNLOCK_DROP_FOURIER_6'],
    ['smallcnn_lock_nodrop_efk_9', 'backbone', backbones, '"smallcnn"', 'SMALLCNN_LOCK_NODROP_EFFK_9'],
  ])('refuses %s: the %s', (name, what, expected, got, near) => {
    const message = `modelByName: the ${what} in "${name}" is wrong; expected ${expected}, got ${got}; did you mean ${near}?`;
    expect(() => modelByName(name)).toThrow(new RangeError(message));
  });

  it('suggests nothing where nothing is near', () => {
    expect(() => modelByName('')).toThrow(/^modelByName: the backbone in "" is wrong; expected one of .*, got ""$/);
    expect(() => modelByName('photo.jpg')).toThrow(/MOBILENETV3SMALL, got "photo\.jpg"$/);
  });
});
