import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cameraRotation } from '@kanrecon/render';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { fakeBlender } from '../test/fake-blender.js';
import { BlenderError } from './blender-error.js';
import type { BlenderJob } from './blender-job.js';
import { startBlender } from './blender-process.js';
import { openBlender } from './blender-renderer.js';
import { blenderVersion } from './blender-version.js';
import { meshFile } from './mesh-file.js';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const mesh = { positions: Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0), indices: Uint32Array.of(0, 1, 2) };
const job: BlenderJob = {
  mesh: meshFile(mesh, [0, 0, 1, 0, 0, 1, 0, 0, 1]),
  camera: { location: [0, 0, 5], rotation: cameraRotation({ x: 0, y: 0, z: 0 }), tanHalfFov: 0.36 },
  sun: { direction: [0, 0, 1], strength: 1 },
  ambient: 0.2,
  baseColor: [1, 0, 0],
  size: 2,
  samples: 4,
  seed: 1,
  occlusion: true,
};
/** Answers every job with pixels whose red is 0 in the lower row and 1 in the upper. */
const works = `answer({ ready: '9.9.9' });
onJob(({ id, out }) => {
  writeFileSync(out, Buffer.from(Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1).buffer));
  answer({ done: id });
});`;

async function failure(attempt: Promise<unknown>): Promise<BlenderError> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BlenderError);
  return error as BlenderError;
}

describe.skipIf(process.platform === 'win32')('with a program that stands in for Blender', () => {
  it('knows versions, also behind warnings', async () => {
    expect(await blenderVersion(fakeBlender(folder, 'libdecor: a warning\nBlender 4.2.23 LTS\n\tbuild date: x'))).toBe(
      '4.2.23 LTS',
    );
    expect(await blenderVersion(fakeBlender(folder, 'Blender 10.0.1'))).toBe('10.0.1');
  });

  it('says in one sentence what is wrong with a path', async () => {
    const missing = await failure(openBlender({ path: '/nowhere/blender' }));
    expect(missing).toMatchObject({ kind: 'missing' });
    expect(missing.message).toBe(
      'blenderVersion: /nowhere/blender cannot be started: there is no such program (ENOENT)',
    );
    expect((await failure(openBlender({ path: folder }))).message).toContain(
      'a program must be a file that may be run',
    );
    const garbage = await failure(openBlender({ path: fakeBlender(folder, '\u0007 bleep\nbloop') }));
    expect(garbage).toMatchObject({ kind: 'unsuitable' });
    expect(garbage.message).toMatch(/ is no Blender; expected "Blender" and a version .*bleep"$/);
    const old = await failure(openBlender({ path: fakeBlender(folder, 'Blender 2.79 (sub 0)') }));
    expect(old.message).toMatch(/is too old; expected Blender 3\.0 or later, got 2\.79$/);
  });

  it('hands over jobs one after the other, pixels from the top', async () => {
    const blender = await startBlender(fakeBlender(folder, '', works));
    const pixels = await blender.render(job);
    expect(Array.from(pixels.filter((_, k) => k % 4 === 0))).toEqual([1, 1, 0, 0]);
    expect(await blender.render(job)).toEqual(pixels);
    await blender.close();
    await expect(blender.render(job)).rejects.toThrow('has been closed');
  });

  it("tells a failed script's last words", async () => {
    const path = fakeBlender(
      folder,
      '',
      "console.error('Traceback:\\nNameError: no bpy\\nBlender quit'); process.exit(1);",
    );
    const { kind, message } = await failure(startBlender(path));
    expect(kind).toBe('failed');
    expect(message).toMatch(/ended too early \(exit code 1\); its last words: NameError: no bpy$/);
  });

  it('does not wait for ever', async () => {
    const path = fakeBlender(folder, '', 'setInterval(() => console.log("Fra:1"), 50);');
    expect((await failure(startBlender(path, { patience: 300 }))).message).toMatch(/did not start in 0\.3 s$/);
  });

  it('says so when Blender is killed in the middle of an image, and afterwards', async () => {
    const path = fakeBlender(folder, '', "answer({ ready: '1' }); onJob(() => process.kill(process.pid, 'SIGKILL'));");
    const blender = await startBlender(path);
    expect((await failure(blender.render(job))).message).toMatch(/ended too early \(SIGKILL\)/);
    await failure(blender.render(job));
    await blender.close();
  });

  it('hands on what Blender reports, and knows wrong answers and wrong pixels', async () => {
    const answering = async (what: string) => {
      const blender = await startBlender(
        fakeBlender(folder, '', `answer({ ready: '1' }); onJob((job) => { ${what} });`),
      );
      const error = await failure(blender.render(job));
      await blender.close();
      return error.message;
    };
    expect(await answering("answer({ failed: job.id, message: 'MemoryError: no memory' })")).toMatch(
      /could not render an image: MemoryError: no memory$/,
    );
    expect(await answering('answer({ done: 99 })')).toMatch(/it gave a wrong answer$/);
    expect(await answering("process.stdout.write('@kanrecon {half\\n')")).toMatch(/it gave a wrong answer$/);
    expect(await answering("writeFileSync(job.out, 'abc'); answer({ done: job.id })")).toMatch(
      /wrote 3 bytes of pixels; expected 64$/,
    );
  });

  it('kills it when aborted, and leaves nothing behind', async () => {
    const temporary = join(folder, 'temporary');
    mkdirSync(temporary);
    vi.stubEnv('TMPDIR', temporary);
    const controller = new AbortController();
    const silent = fakeBlender(folder, '', "answer({ ready: '1' }); onJob(() => {});");
    const blender = await startBlender(silent, { signal: controller.signal });
    expect(readdirSync(temporary)).toHaveLength(1);
    const attempt = blender.render(job);
    setTimeout(() => controller.abort(), 50);
    await expect(attempt).rejects.toThrow('aborted');
    await blender.close();
    expect(readdirSync(temporary)).toEqual([]);
    vi.unstubAllEnvs();
    await expect(startBlender('blender', { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
    await expect(blenderVersion('blender', AbortSignal.abort())).rejects.toThrow('aborted');
  });
});
