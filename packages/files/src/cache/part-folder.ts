import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { shortenName } from '../shorten-name.js';
import { findProcess, ownIdentity, type ProcessIdentity } from './process-identity.js';

/**
 * How long a folder's owner may show no sign of life, milliseconds. One that lives on this computer may be silent for as long as it likes:
 * it may have been stopped, or be busy with something else. Where that cannot be told it has minutes if a process of its number is here
 * (numbers are given anew), and less if it is on another computer.
 */
const quietMs = { living: Number.POSITIVE_INFINITY, probably: 600_000, perhaps: 30_000 };
const signOfLifeMs = 5_000;

/** Folders that this thread downloads into: of those of this process it alone knows which have been given up, its other threads may have ended. */
const own = new Set<string>();

/** Bytes of a file's name that its folders show. */
const shownBytes = 80;

/**
 * A folder in which one process downloads a file, `.<name>.<id>.part`: `content`, `version` (of what `content` is) and `owner`, while it has
 * one. No two processes ever write to one: what somebody has left is copied from his folder into one's own. (It was moved, by renaming; but
 * one that was taken for dead and is not would go on writing to it.)
 */
export class PartFolder {
  private readonly timer: NodeJS.Timeout;

  private constructor(readonly path: string) {
    own.add(path);
    this.timer = setInterval(() => {
      const now = new Date();
      utimes(this.owner, now, now).catch(() => {});
    }, signOfLifeMs);
    this.timer.unref();
  }

  get content(): string {
    return join(this.path, 'content');
  }

  get version(): string {
    return join(this.path, 'version');
  }

  private get owner(): string {
    return join(this.path, 'owner');
  }

  /**
   * A folder of one's own, with what others have left; undefined while another process is downloading the file.
   *
   * @param target where the file will be
   */
  static async claim(target: string): Promise<PartFolder | undefined> {
    if ((await foldersOf(target)).some(({ living }) => living)) return undefined;
    const path = join(dirname(target), `${beginningOf(target)}${randomUUID()}.part`);
    // Seen by others with its owner in it, or not at all.
    const hidden = `${path}.new`;
    await mkdir(hidden);
    await writeFile(join(hidden, 'owner'), JSON.stringify(ownIdentity()));
    await rename(hidden, path);
    const folder = new PartFolder(path);
    try {
      return await folder.settle(target);
    } catch (error) {
      // Or nobody would ever get it.
      await folder.remove();
      throw error;
    }
  }

  /** Takes over what others have left, unless another is there first. */
  private async settle(target: string): Promise<PartFolder | undefined> {
    const { path } = this;
    const others = (await foldersOf(target)).filter((other) => other.path !== path);
    // Of two that came at the same moment one goes on. Should both, no harm is done: each writes in its own folder.
    if (others.some((other) => other.living && other.path < path)) {
      await this.remove();
      return undefined;
    }
    await this.takeOver(others.filter(({ living }) => !living));
    return this;
  }

  /** Leaves what has come to whoever wants to go on with it. */
  async release(): Promise<void> {
    this.giveUp();
    await rm(this.owner, { force: true });
    const found = await stat(this.content).catch(() => undefined);
    if (!found || found.size === 0) await this.remove();
  }

  async remove(): Promise<void> {
    this.giveUp();
    await rm(this.path, { recursive: true, force: true });
  }

  /** Whether somebody has taken it away, to whom its owner seemed dead. */
  async isGone(): Promise<boolean> {
    return (await stat(this.owner).catch(() => undefined)) === undefined;
  }

  private giveUp(): void {
    clearInterval(this.timer);
    own.delete(this.path);
  }

  private async forget(): Promise<void> {
    await rm(this.version, { force: true });
    await rm(this.content, { force: true });
  }

  /** Takes the longest of the beginnings that are there. */
  private async takeOver(others: readonly PartOfAnother[]): Promise<void> {
    const [longest] = [...others].sort((a, b) => b.bytes - a.bytes);
    if (longest) {
      // The version first: without its content it does nothing, and a content without it is worth less.
      await copy(join(longest.path, 'version'), this.version).catch(() => {});
      await copy(join(longest.path, 'content'), this.content).catch(() => this.forget());
    }
    // Another user's may stay: it is in nobody's way.
    for (const { path } of others) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

interface PartOfAnother {
  readonly path: string;
  readonly living: boolean;
  readonly bytes: number;
}

function beginningOf(target: string): string {
  return `.${shortenName(basename(target), shownBytes)}.`;
}

async function foldersOf(target: string): Promise<PartOfAnother[]> {
  const folder = dirname(target);
  const beginning = beginningOf(target);
  const names = (await readdir(folder)).filter(
    (name) => name.startsWith(beginning) && /^[0-9a-f-]{36}\.part$/.test(name.slice(beginning.length)),
  );
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const size = await stat(join(path, 'content')).then(
        (found) => found.size,
        () => 0,
      );
      return { path, bytes: size, living: await hasLivingOwner(path) };
    }),
  );
}

async function hasLivingOwner(folder: string): Promise<boolean> {
  const path = join(folder, 'owner');
  const found = await stat(path).catch(() => undefined);
  if (!found) return false;
  const owner: unknown = await readFile(path, 'utf8')
    .then((text) => JSON.parse(text) as unknown)
    .catch(() => undefined);
  const life = findProcess(owner);
  if (life === 'dead') return false;
  const isOwn = life === 'living' && (owner as ProcessIdentity).process === process.pid;
  // A clock that was wrong may have left a time yet to come.
  return Math.abs(Date.now() - found.mtimeMs) < quietMs[isOwn && !own.has(folder) ? 'probably' : life];
}

/** Without copying where the file system can. */
function copy(from: string, to: string): Promise<void> {
  return copyFile(from, to, constants.COPYFILE_FICLONE);
}
