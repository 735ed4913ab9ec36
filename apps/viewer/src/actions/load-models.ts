import { models, notify } from '../state/store.js';
import { viewerModel } from '../state/viewer-model.js';
import { worker } from './worker.js';

let loading: Promise<void> | undefined;

/** Loads the networks, once. @throws ViewerError if one cannot be had */
export function loadModels(): Promise<void> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<void> {
  const infos = await worker.ask('models', null);
  const loaded = await Promise.all(infos.map(viewerModel));
  models.value = new Map(loaded.map((model) => [model.name, model]));
  for (const sentence of await worker.ask('missing', null)) notify('error', sentence);
}
