import { backboneNames } from '@kanrecon/backbones';
import { describe, expect, it } from 'vitest';
import { headTypes } from '../heads/head-names.js';
import { parseReconstructorConfig, reconstructorDefaults } from './reconstructor-config.js';
import { reconstructorName } from './reconstructor-name.js';
import { studyModels } from './study-models.js';

describe('parseReconstructorConfig', () => {
  it('fills in the defaults', () => {
    expect(parseReconstructorConfig({})).toEqual(reconstructorDefaults);
    expect(parseReconstructorConfig({ head: { dropout: 0.4 }, mean: [0.1, 0.2, 0.3], seed: undefined })).toEqual({
      ...reconstructorDefaults,
      head: { ...reconstructorDefaults.head, dropout: 0.4, hiddenDropout: 0.4 },
      mean: [0.1, 0.2, 0.3],
    });
  });

  it.each([
    [
      { backbone: 'vgg' },
      `backbone is wrong; expected one of ${backboneNames.map((name) => `"${name}"`).join(', ')}, got "vgg".`,
    ],
    [
      { head: { type: 'kan' } },
      'head.type is wrong; expected one of "fourierKAN", "efficientKAN", "mlp", "fastKAN", "fasterKAN", "chebyshevKAN", ' +
        '"jacobiKAN", "legendreKAN", "waveletKAN", "rationalKAN", "classicFourierKAN", got "kan".',
    ],
    [
      { head: { widths: [16, 0.5] } },
      'head.widths is wrong; expected an array of at most 64 whole numbers from 1 to 4096, got [16,0.5].',
    ],
    [{ head: { dropout: 1 } }, 'head.dropout is wrong; expected a number in [0, 1), got 1.'],
    [{ head: { hiddenDropout: Number.NaN } }, 'head.hiddenDropout is wrong; expected a number in [0, 1), got NaN.'],
    [
      { head: 'mlp' },
      'head is wrong; expected an object { type, widths, dropout, hiddenDropout, uncertainty }, got "mlp".',
    ],
    [{ imageSize: 16 }, 'imageSize is wrong; expected a whole number of pixels from 32 to 1024, got 16.'],
    [{ seed: -1 }, 'seed is wrong; expected a whole number from 0 to 4294967295, got -1.'],
    [{ trainBackbone: 'no' }, 'trainBackbone is wrong; expected true or false, got "no".'],
    [{ mean: [1, 2] }, 'mean is wrong; expected a finite number, or three of them for red, green, blue, got [1,2].'],
    [{ std: 0 }, 'std is wrong; expected a positive number, or three of them for red, green, blue, got 0.'],
    [
      { fit: { filter: 'sharp' } },
      'fit.filter is wrong; expected one of "lanczos", "bicubic", "bilinear", "box", got "sharp".',
    ],
    [
      { fit: { background: [1, 2] } },
      'fit.background is wrong; expected three whole numbers from 0 to 255, got [1,2].',
    ],
    [{ fit: { crop: true } }, 'unknown field "fit.crop"; expected filter, padding, background, shorterSide.'],
    [{ size: 3 }, 'unknown field "size"; expected backbone, head, imageSize, seed, trainBackbone, fit, mean, std.'],
    [{ head: { drop: 3 } }, 'unknown field "head.drop"; expected type, widths, dropout, hiddenDropout, uncertainty.'],
    [
      { imageSize: 64, fit: { padding: 'crop', shorterSide: 63 } },
      'fit.shorterSide is wrong; expected a whole number of pixels from imageSize to 4096, beside the padding "crop", got 63, with imageSize 64 and the padding "crop".',
    ],
    [null, 'the configuration must be an object, got null'],
  ])('refuses %j', (config, message) => {
    expect(() => parseReconstructorConfig(config)).toThrow(new Error(`parseReconstructorConfig: ${message}`));
  });

  it('reports every wrong field', () => {
    expect(() => parseReconstructorConfig({ seed: 'a', imageSize: 1 })).toThrow(
      /imageSize is wrong.*seed is wrong|seed is wrong.*imageSize is wrong/,
    );
  });
});

describe('reconstructorName', () => {
  it.each(studyModels)('gives the study’s name $name', ({ name, config }) => {
    expect(reconstructorName(parseReconstructorConfig(config))).toBe(name);
  });

  it('tells further models apart', () => {
    const name = (config: object) => reconstructorName(parseReconstructorConfig(config));
    expect(name({ backbone: 'efficientNetB0', trainBackbone: false, head: { type: 'mlp', widths: [16] } })).toBe(
      'EFFNETB0_LOCK_NODROP_CLASSICA_16',
    );
    expect(name({ head: { type: 'waveletKAN', dropout: 0.4 } })).toBe('SQUEEZENET_DROP4_WAVELET_6');
    expect(new Set(headTypes.map((type) => name({ head: { type } }))).size).toBe(headTypes.length);
    expect(name({ trainBackbone: false })).toBe('SQUEEZENET_LOCK_NODROP_FOURIER_6');
    expect(name({ head: { dropout: 0.25, widths: [8] } })).toBe('SQUEEZENET_DROP25_FOURIER_DROP_8');
    expect(name({ head: { dropout: 0.05, hiddenDropout: 0, widths: [8] } })).toBe('SQUEEZENET_DROP05_FOURIER_8');
    expect(name({ backbone: 'efficientNetB0', head: { dropout: 0.2 } })).toBe('EFFNETB0_UNLOCK_DROP2_FOURIER_6');
  });
});
