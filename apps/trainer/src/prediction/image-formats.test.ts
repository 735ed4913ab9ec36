import { readableFormats } from '@kanrecon/dataset/node';
import { expect, it } from 'vitest';
import { predictCommand } from '../commands/predict.js';
import { describePassedOver } from './describe-predictions.js';
import { imageFormats } from './image-formats.js';

it('the formats are those that are read, wherever they are told', () => {
  expect(imageFormats).toBe(readableFormats);
  expect(predictCommand.about).toContain(readableFormats);
  expect(describePassedOver(['a.heic'])).toBe(
    `Passed over, as such formats cannot be read: a.heic; save it as ${readableFormats}.`,
  );
  expect(describePassedOver(['a.heic', 'b.heic'])).toContain('a.heic, b.heic; save them as');
});
