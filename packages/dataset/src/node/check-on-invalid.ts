/** What to do with what cannot be used: throw, or leave it out and report it. */
export type OnInvalid = 'refuse' | 'skip';

/** Anything but the two words is an error: a misspelt one must not silently drop samples. */
export function checkOnInvalid(caller: string, onInvalid: OnInvalid): void {
  if (onInvalid !== 'refuse' && onInvalid !== 'skip') {
    throw new Error(`${caller}: onInvalid is wrong; expected "refuse" or "skip", got ${JSON.stringify(onInvalid)}`);
  }
}
