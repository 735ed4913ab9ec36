import { freeName } from '../../state/free-name.js';
import type { ModelName } from '../../state/model-name.js';
import { keptNames } from '../../storage/kept-models.js';

/** A name under which no other window trains until it is let go of. */
export interface HeldName {
  readonly name: ModelName;
  letGo(): Promise<void>;
}

/**
 * Holds the name of a network. Browsers know of each other's windows only on secure pages.
 *
 * @returns undefined where another window trains it
 */
export function holdName(name: ModelName): Promise<HeldName | undefined> {
  if (!navigator.locks) return Promise.resolve({ name, letGo: async () => {} });
  return new Promise((resolve, reject) => {
    const held: Promise<unknown> = navigator.locks.request(
      `kanrecon trains ${name}`,
      { ifAvailable: true },
      async (lock) => {
        if (!lock) return resolve(undefined);
        await new Promise<void>((end) => {
          resolve({
            name,
            letGo: async () => {
              end();
              await held;
            },
          });
        });
      },
    );
    held.catch(reject);
  });
}

/** Holds the name that is wanted, or where a model has it or another window trains it, the same with a number. */
export async function holdFreeName(wanted: ModelName, taken: readonly ModelName[]): Promise<HeldName> {
  const others = new Set(taken);
  for (;;) {
    const name = freeName(wanted, new Set([...others, ...(await keptNames())]));
    const held = await holdName(name);
    if (held) return held;
    others.add(name);
  }
}
