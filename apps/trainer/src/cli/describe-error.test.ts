import { readFileSync } from 'node:fs';
import { BlenderError } from '@kanrecon/blender/node';
import { DatasetError } from '@kanrecon/dataset';
import { SurfaceError } from '@kanrecon/geometry';
import { describe, expect, it } from 'vitest';
import { describeError } from './describe-error.js';
import { UserError } from './user-error.js';

describe('describeError', () => {
  it("tells a user's mistake without a stack", () => {
    expect(describeError(new UserError('no such run.'), false)).toEqual({ message: 'no such run.', isMistake: true });
  });

  it('shows one broken file in one line, without the name of the library function', () => {
    const problem = { path: 'a/b.png', kind: 'corrupt-image', message: 'it is empty' } as const;
    expect(describeError(new DatasetError('readImage: unusable image', [problem]), false).message).toBe(
      'a/b.png: it is empty.',
    );
    expect(describeError(new DatasetError('scanDataset: x holds no data set'), false).message).toBe(
      'x holds no data set.',
    );
  });

  it('tells how to get Blender where there is none, and what to try where it failed', () => {
    const missing = new BlenderError(
      'missing',
      'blenderVersion: x cannot be started: there is no such program (ENOENT)',
    );
    const { message, isMistake } = describeError(missing, false);
    expect(isMistake).toBe(true);
    expect(message).toMatch(
      /^x cannot be started: there is no such program \(ENOENT\)\. Install Blender .*--blender <path>/,
    );
    expect(describeError(new BlenderError('failed', 'startBlender: it ended'), false).message).toMatch(
      /^it ended\. See whether this Blender works by itself .*--blender <path>.*\.$/,
    );
  });

  it('calls a surface that cannot be drawn a mistake', () => {
    expect(describeError(new SurfaceError('tessellate: a point is not finite'), false)).toEqual({
      message: 'a point is not finite.',
      isMistake: true,
      code: 'undrawable-surface',
    });
  });

  it('puts what the operating system says into words', () => {
    let error: unknown;
    try {
      readFileSync('/nowhere/at/all');
    } catch (caught) {
      error = caught;
    }
    expect(describeError(error, false)).toEqual({
      message: '/nowhere/at/all: there is no such file or folder.',
      isMistake: true,
      code: 'ENOENT',
    });
  });

  it('finds a sentence for whatever the system says of a path', () => {
    const said = (code: string, syscall = 'open') =>
      describeError(Object.assign(new Error('raw'), { code, path: '/out', syscall }), false);
    expect(said('ENAMETOOLONG')).toMatchObject({ message: '/out: this name is too long.', isMistake: true });
    expect(said('ESTALE')).toMatchObject({ message: '/out: the system refuses it (ESTALE).', isMistake: true });
    expect(said('EEXIST')).toMatchObject({ message: '/out: this exists already.', isMistake: true });
    expect(said('EEXIST', 'mkdir')).toMatchObject({ message: '/out is a file; give a folder.', isMistake: true });
    expect(said('ERR_SOMETHING').isMistake).toBe(false);
  });

  it('takes a full disk for no bug, also where the system names no file', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const { message, isMistake } = describeError(full, false);
    expect(isMistake).toBe(true);
    expect(message).toMatch(/--out.*the disk is full; free some space, then give the same command again\.$/);
    expect(describeError(Object.assign(full, { path: 'a/b' }), false).message).toMatch(/^a\/b: the disk is full; free/);
  });

  it('ends every message with a full stop, and only one', () => {
    const messages = [new UserError('no such run'), new UserError('no such run.'), new DatasetError('scan: none')];
    for (const error of messages) expect(describeError(error, false).message).toMatch(/[^.]\.$/);
    expect(describeError(new Error('oops'), false).message).toMatch(/^oops\.\n/);
  });

  it('calls anything else a bug, with the stack on request only', () => {
    const quiet = describeError(new Error('oops'), false);
    expect(quiet.isMistake).toBe(false);
    expect(quiet.message).toMatch(/oops\.\n.*--verbose/);
    expect(quiet.message).not.toContain('describe-error.test');
    expect(describeError(new Error('oops'), true).message).toContain('describe-error.test');
  });
});
