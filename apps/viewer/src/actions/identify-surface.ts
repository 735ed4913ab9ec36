import { sceneByName, sceneToJson, sceneWith } from '@kanrecon/scene';
import { chosenLook, type Identification, identification } from '../state/identify.js';
import { surfaceCase } from '../state/store.js';
import { sentenceOf } from '../worker/sentence-of.js';
import { worker } from './worker.js';

let running: AbortController | undefined;

/** Finds out what images tell of the surface that is shown, seen as it was chosen. */
export async function identifySurface(): Promise<void> {
  const surface = surfaceCase.value?.surface;
  if (!surface) return;
  stopIdentifying();
  const controller = new AbortController();
  running = controller;
  const look = chosenLook.value;
  if (surface.parameters.length === 0) {
    const failure = 'This surface has no parameters that images could tell; add one, as in “size = 0.5 .. 2”.';
    identification.value = { surface, look, busy: false, failure };
    return;
  }
  const tell = (change: Partial<Identification>) => {
    if (running === controller) identification.value = { ...identification.value!, ...change };
  };
  identification.value = { surface, look, busy: true };
  try {
    const json = sceneToJson(sceneWith(sceneByName(look), { surface }));
    const { signal } = controller;
    const found = await worker.ask('identify', json, { signal, onEvent: (progress) => tell({ progress }) });
    tell({ found, busy: false });
  } catch (error) {
    if (!controller.signal.aborted) tell({ failure: sentenceOf(error), busy: false });
  }
}

/** Gives up what is being found out. */
export function stopIdentifying(): void {
  running?.abort();
  running = undefined;
  if (identification.value?.busy) identification.value = undefined;
}
