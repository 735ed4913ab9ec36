import type { ReconstructorArtifacts } from '@kanrecon/model';
import { ViewerError } from '../image/viewer-error.js';
import type { ModelName } from '../state/model-name.js';
import type { KeptModel } from './kept-model.js';

// Networks in the browser's own storage (IndexedDB): what is known of each in one place, its weights in another, so that a list of them is
// quick. A change of both is one transaction: it is there wholly, or not at all.

/** Which of a network's states: the one with the best scores, or the one that training goes on from. */
export type KeptState = 'best' | 'last';

const [entries, states] = ['models', 'states'];

/** All that are kept, the newest first. @throws ViewerError where the browser keeps nothing for this page */
export async function listKept(): Promise<readonly KeptModel[]> {
  const found = await inStorage('readonly', (open) => open(entries).getAll() as IDBRequest<KeptModel[]>);
  return found.sort((a, b) => b.changed - a.changed);
}

/** What is known of one; nothing where there is none of that name. */
export function findKept(name: ModelName): Promise<KeptModel | undefined> {
  return inStorage('readonly', (open) => open(entries).get(name) as IDBRequest<KeptModel | undefined>);
}

/** A network's state; nothing where there is none. */
export function readState(name: ModelName, state: KeptState): Promise<ReconstructorArtifacts | undefined> {
  const key = [name, state];
  return inStorage('readonly', (open) => open(states).get(key) as IDBRequest<ReconstructorArtifacts | undefined>);
}

/** Keeps what is known of a network, with those of its states that are given. @throws ViewerError where there is no room */
export async function keep(
  model: KeptModel,
  given: Partial<Record<KeptState, ReconstructorArtifacts>> = {},
): Promise<void> {
  await inStorage('readwrite', (open) => {
    for (const [state, artifacts] of Object.entries(given)) open(states).put(artifacts, [model.name, state]);
    return open(entries).put(model, model.name);
  });
}

/**
 * Keeps a network that was not kept before, with those of its states that are given.
 *
 * @returns false where there is one of that name already: it stays as it is, and nothing is kept
 * @throws ViewerError where there is no room
 */
export async function keepNew(
  model: KeptModel,
  given: Partial<Record<KeptState, ReconstructorArtifacts>>,
): Promise<boolean> {
  try {
    await inStorage('readwrite', (open) => {
      const added = open(entries).add(model, model.name);
      for (const [state, artifacts] of Object.entries(given)) open(states).put(artifacts, [model.name, state]);
      return added;
    });
    return true;
  } catch (error) {
    // The whole transaction is undone by that.
    if (error instanceof ViewerError && (error.cause as DOMException | null)?.name === 'ConstraintError') return false;
    throw error;
  }
}

/** Names of all that are kept, in whichever window; none where the browser keeps nothing for this page. */
export async function keptNames(): Promise<readonly ModelName[]> {
  const found = inStorage('readonly', (open) => open(entries).getAllKeys());
  return found.then(
    (keys) => keys.map(String),
    () => [],
  );
}

/** Deletes all that is kept of a network. */
export async function forget(name: ModelName): Promise<void> {
  await inStorage('readwrite', (open) => {
    open(entries).delete(name);
    return open(states).delete(IDBKeyRange.bound([name], [name, []]));
  });
}

/** Bytes of a network's state, about: its numbers, and the text that describes them. */
export function bytesOf({ manifest, model, weights, optimizer }: ReconstructorArtifacts): number {
  const text = JSON.stringify(model).length + JSON.stringify(manifest).length;
  return weights.byteLength + (optimizer?.byteLength ?? 0) + text;
}

async function inStorage<T>(
  mode: IDBTransactionMode,
  work: (open: (store: string) => IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  let base: IDBDatabase | undefined;
  try {
    const opened = await openBase();
    base = opened;
    return await new Promise<T>((resolve, reject) => {
      const transaction = opened.transaction([entries, states] as string[], mode);
      const request = work((store) => transaction.objectStore(store));
      // Not before all of it is written.
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } catch (cause) {
    throw refused(cause);
  } finally {
    base?.close();
  }
}

function openBase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('kanrecon-models', 1);
    request.onupgradeneeded = () => {
      for (const name of [entries, states] as string[]) request.result.createObjectStore(name);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function refused(cause: unknown): ViewerError {
  const { name } = (cause ?? {}) as { name?: unknown };
  const said =
    name === 'QuotaExceededError'
      ? 'The browser has no room left to keep this model; delete others, or save it as a file.'
      : 'The browser keeps no models for this page, as in a private window; save them as files before you close it.';
  return new ViewerError(said, { cause });
}
