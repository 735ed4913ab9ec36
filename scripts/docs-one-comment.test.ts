import { expect, it } from 'vitest';
import { countSameCommentOnce } from './docs-one-comment.mjs';

it('passes over a warning of two comments only where both are at the same place', () => {
  const warnings: string[] = [];
  const logger = { warn: (text: string) => warnings.push(text), info: () => {} };
  countSameCommentOnce(logger as never);
  const twice = (name: string, first: string, second: string) => {
    logger.warn(`${name} has multiple declarations with a comment. An arbitrary comment will be used`);
    (logger.info as (text: string) => void)(`The comments for ${name} are declared at:\n\t${first}\n\t${second}`);
  };
  twice('seed', 'src/a.ts:1', 'src/a.ts:1');
  logger.warn('a link to nothing');
  twice('model', 'src/a.ts:1', 'src/b.ts:2');
  expect(warnings).toEqual([
    'a link to nothing',
    'model has multiple declarations with a comment. An arbitrary comment will be used',
  ]);
});
