import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainFileError, fileErrorFacts, fileErrorRemedy } from './explain-file-error.js';
import { fileErrors } from './file-errors.js';

const systemError = (code: string, path?: string) => Object.assign(new Error('raw'), { code, path });

describe('errors of the file system', () => {
  it('are told in words, and otherwise where something was to be written', () => {
    let missing: unknown;
    try {
      readFileSync('/nowhere/at/all');
    } catch (error) {
      missing = error;
    }
    expect(explainFileError(missing, 'reading')).toBe('there is no such file or folder (ENOENT)');
    expect(explainFileError(missing)).toBe('the folder does not exist (ENOENT)');
    expect(fileErrorFacts(missing)).toMatchObject({ code: 'ENOENT', path: '/nowhere/at/all', outOfSpace: false });
    expect(explainFileError(systemError('EACCES'))).toBe('permission denied (EACCES)');
    expect(explainFileError(systemError('EACCES'), 'reading')).toBe('permission denied (EACCES)');
    expect(explainFileError(systemError('ESTALE'))).toBe('the file system refuses (ESTALE)');
  });

  it('know what to do where space is missing, and only there', () => {
    const spaceCodes = Object.keys(fileErrors).filter((code) => fileErrorFacts(systemError(code))!.outOfSpace);
    expect(spaceCodes).toEqual(['ENOSPC', 'EDQUOT']);
    expect(fileErrorRemedy(systemError('ENOSPC'))).toBe('free some space or use another folder');
    expect(fileErrorRemedy(systemError('EACCES'))).toBeUndefined();
  });

  it.each([
    ['of Node.js', systemError('ERR_INVALID_ARG_TYPE')],
    ['of JavaScript', new TypeError('x')],
    ['that is no error', undefined],
    ['with the name of a method for its code', systemError('constructor')],
  ])('take nothing else for one: an error %s', (_, error) => {
    expect(fileErrorFacts(error)).toBeUndefined();
    expect(explainFileError(error)).toBeUndefined();
  });

  it('survive the way from a worker', () => {
    expect(explainFileError(structuredClone({ code: 'EIO', message: 'raw' }))).toBe('the disk reports an error (EIO)');
  });
});
