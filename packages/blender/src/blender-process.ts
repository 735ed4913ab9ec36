import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { BlenderError } from './blender-error.js';
import { type BlenderJob, jobLine } from './blender-job.js';
import { startFailure } from './blender-version.js';

/** What the script begins its lines with; Blender writes to stdout, too. */
const mark = '@kanrecon ';
const keptLines = 40;

/** Options of {@link startBlender}. */
export interface StartBlenderOptions {
  /** Kills Blender when aborted. */
  readonly signal?: AbortSignal;
  /** Milliseconds that Blender may take to start; two minutes when left out. */
  readonly patience?: number;
}

/** What waits for Blender's next answer. */
interface Waiting {
  resolve(answer: Readonly<Record<string, unknown>>): void;
  reject(error: unknown): void;
}

/**
 * Starts a Blender that waits for jobs.
 *
 * @throws BlenderError if it does not start or does not get as far as the first job; `signal.reason` when aborted
 */
export async function startBlender(path: string, options: StartBlenderOptions = {}): Promise<BlenderProcess> {
  const { signal, patience = 120_000 } = options;
  signal?.throwIfAborted();
  const folder = await mkdtemp(join(tmpdir(), 'kanrecon-blender-'));
  const blender = new BlenderProcess(path, folder, signal);
  const timer = setTimeout(() => {
    blender.fail(new BlenderError('failed', `startBlender: ${path} did not start in ${patience / 1000} s`));
  }, patience);
  try {
    await blender.started;
    return blender;
  } catch (error) {
    await blender.close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * One long-lived Blender with one thread, which renders one job after the other. Meshes and pixels go through files in a folder
 * of its own: not every system's pipes carry bytes unchanged into Blender's Python.
 */
export class BlenderProcess {
  readonly started: Promise<unknown>;
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;
  private waiting: Waiting | undefined;
  private failure: unknown;
  private readonly lastLines: string[] = [];
  private jobs = 0;
  private mesh: Uint8Array | undefined;

  constructor(
    private readonly path: string,
    private readonly folder: string,
    private readonly signal?: AbortSignal,
  ) {
    const require = createRequire(import.meta.url);
    const script = join(dirname(require.resolve('@kanrecon/blender/package.json')), 'blender', 'render_views.py');
    const flags = ['--background', '--factory-startup', '-noaudio', '--threads', '1', '--python-exit-code', '1'];
    this.child = spawn(path, [...flags, '--python', script], {
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      // A group of its own: Ctrl-C on a terminal is for us, who end it when it is time, and a wrapper script is killed with it.
      detached: process.platform !== 'win32',
    });
    this.started = this.answer();
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error: NodeJS.ErrnoException) => {
        const why = startFailure(error.code ?? error.message);
        this.fail(new BlenderError('missing', `startBlender: ${path} cannot be started: ${why}`, { cause: error }));
        resolve();
      });
      this.child.once('close', (code, killedBy) => {
        this.fail(
          new BlenderError(
            'failed',
            `startBlender: ${path} ended too early (${killedBy ?? `exit code ${code}`})${this.lastWords()}`,
          ),
        );
        resolve();
      });
    });
    // A Blender that has ended reports itself by 'close'.
    this.child.stdin?.on('error', () => {});
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (stream)
        createInterface({ input: stream }).on('line', (line) => this.read(line, stream === this.child.stdout));
    }
    signal?.addEventListener('abort', this.abort, { once: true });
  }

  /**
   * Renders one job. One at a time.
   *
   * @returns linear RGB times alpha, and alpha; row-major from the top left, 4 · size² numbers
   * @throws BlenderError if Blender reports an error or ends; `signal.reason` when aborted
   */
  async render(job: BlenderJob): Promise<Float32Array> {
    if (this.failure !== undefined) throw this.failure;
    const id = this.jobs++;
    if (job.mesh !== this.mesh) {
      if (this.mesh) await rm(this.meshPath, { force: true });
      this.mesh = job.mesh;
      this.meshPath = join(this.folder, `mesh-${id}`);
      await writeFile(this.meshPath, job.mesh);
    }
    const out = join(this.folder, `pixels-${id}`);
    const answer = this.answer();
    this.child.stdin?.write(jobLine(job, id, this.meshPath, out));
    const { done, message } = await answer;
    if (done !== id) {
      throw new BlenderError(
        'failed',
        `startBlender: ${this.path} could not render an image: ${message ?? 'it gave a wrong answer'}`,
      );
    }
    const bytes = await readFile(out);
    await rm(out, { force: true });
    return topDown(bytes, job.size);
  }
  private meshPath = '';

  /** Lets Blender end, or makes it, and removes its files. */
  async close(): Promise<void> {
    this.signal?.removeEventListener('abort', this.abort);
    this.failure ??= new Error('startBlender: this Blender has been closed');
    this.kill();
    await this.ended;
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Ends Blender and hands the error to whoever waits, now or later. */
  fail(error: unknown): void {
    this.failure ??= error;
    this.waiting?.reject(this.failure);
    this.waiting = undefined;
    this.kill();
  }

  private readonly abort = () => this.fail(this.signal?.reason);

  private kill(): void {
    const { child } = this;
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      if (process.platform === 'win32') child.kill('SIGKILL');
      else process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has just ended by itself.
    }
  }

  private answer(): Promise<Readonly<Record<string, unknown>>> {
    return new Promise((resolve, reject) => {
      if (this.failure !== undefined) reject(this.failure);
      else this.waiting = { resolve, reject };
    });
  }

  private read(line: string, fromScript: boolean): void {
    if (!fromScript || !line.startsWith(mark)) {
      this.lastLines.push(line);
      if (this.lastLines.length > keptLines) this.lastLines.shift();
      return;
    }
    const { waiting } = this;
    this.waiting = undefined;
    try {
      waiting?.resolve(JSON.parse(line.slice(mark.length)));
    } catch {
      waiting?.resolve({ message: 'it gave a wrong answer' });
    }
  }

  /** The last line of an error that Blender wrote, for the message. */
  private lastWords(): string {
    const lines = this.lastLines.map((line) => line.trim()).filter(Boolean);
    const last = lines.findLast((line) => /error|exception|fatal|cannot|fail/i.test(line)) ?? lines.at(-1);
    return last === undefined ? '' : `; its last words: ${last.slice(0, 200)}`;
  }
}

/** Blender counts rows from the bottom. */
function topDown(bytes: Uint8Array, size: number): Float32Array {
  const row = 16 * size;
  if (bytes.length !== row * size) {
    throw new BlenderError(
      'failed',
      `startBlender: Blender wrote ${bytes.length} bytes of pixels; expected ${row * size}`,
    );
  }
  const pixels = new Float32Array(4 * size * size);
  const turned = new Uint8Array(pixels.buffer);
  for (let y = 0; y < size; y++) turned.set(bytes.subarray((size - 1 - y) * row, (size - y) * row), y * row);
  return pixels;
}
