import { fileBase, safeName, saveFile } from '../../export/save-file.js';
import type { ModelName } from '../../state/model-name.js';
import { models, notify } from '../../state/store.js';
import { chosenName, keptModels, training, unkeptNames } from '../../state/training.js';
import type { KeptModel } from '../../storage/kept-model.js';
import { forget, listKept } from '../../storage/kept-models.js';
import { loadModels } from '../load-models.js';
import { openDrawn } from '../open-image.js';
import { report } from '../report.js';
import { worker } from '../worker.js';
import { takeAway, takeIn } from './take-in.js';

/** Has the networks that the browser keeps answer images, too. */
export async function loadOwnModels(): Promise<void> {
  // Without storage there are none, which is said when there is something to keep.
  const kept = await listKept().catch(() => []);
  // Something may have been opened or trained meanwhile: of that more is known than what was read.
  const known = new Set(keptModels.value.map(({ name }) => name));
  const others = kept.filter(({ name }) => !known.has(name));
  if (others.length === 0) return;
  keptModels.value = [...keptModels.value, ...others].sort((a, b) => b.changed - a.changed);
  await loadModels();
  for (const { name } of others) {
    try {
      await takeIn(await worker.ask('loadOwn', name));
    } catch (error) {
      report(error);
    }
  }
}

/** Puts a network into the list, in place of what was known of it. */
export function listModel(model: KeptModel, unkept?: string): void {
  keptModels.value = [model, ...keptModels.value.filter(({ name }) => name !== model.name)];
  const others = [...unkeptNames.value].filter((name) => name !== model.name);
  unkeptNames.value = new Set(unkept === undefined ? others : [...others, model.name]);
  if (unkept !== undefined) notify('error', unkept);
}

/** Opens a model's file, or what lies in its folder, and keeps it. */
export async function openModel(files: readonly File[]): Promise<void> {
  const [first] = files;
  if (!first) return;
  const wanted = files.filter(({ name }) => /\.(zip|json|bin)$/i.test(name));
  const paths = (wanted.length > 0 ? wanted : [first]).map((file) => ({
    path: file.webkitRelativePath || file.name,
    file,
  }));
  const [place] = paths[0]!.path.split('/');
  try {
    // Not before all names are known that are taken.
    await loadModels();
    // A folder's name has no ending.
    const wanted = paths[0]!.path === place ? fileBase(place) : safeName(place!);
    const { info, kept, unkept } = await worker.ask('openOwn', { wanted, taken: namesInUse(), files: paths });
    listModel(kept, unkept);
    await takeIn(info);
    notify('note', `“${kept.name}” is open and answers images from now on.`);
  } catch (error) {
    report(error);
  }
}

/** Saves a network as a file that `kanrecon predict` reads, with the log of its training, which "Runs" shows. */
export async function saveModel(name: ModelName): Promise<void> {
  try {
    const { history = [] } = keptModels.value.find((model) => model.name === name)?.training ?? {};
    const log = history.map((record) => `${JSON.stringify(record)}\n`).join('');
    const file = await worker.ask('ownFile', { name, ...(log !== '' && { log }) });
    saveFile(file, `${fileBase(`${name}.zip`)}.zip`);
  } catch (error) {
    report(error);
  }
}

/** Deletes a network, wherever it is kept. */
export async function deleteModel(name: ModelName): Promise<void> {
  try {
    if (!unkeptNames.value.has(name)) await forget(name);
    await worker.ask('forgetOwn', name);
    keptModels.value = keptModels.value.filter((model) => model.name !== name);
    if (chosenName.value === name) chosenName.value = undefined;
    takeAway(name);
  } catch (error) {
    report(error);
  }
}

/** Shows what a network makes of an image that it has not seen. */
export async function tryModel(name: ModelName): Promise<void> {
  try {
    const seed = Math.floor(1e6 + 9e6 * Math.random());
    await openDrawn(name, `${name} ${seed}`, await worker.ask('drawFor', { model: name, seed }));
  } catch (error) {
    report(error);
  }
}

/** Names of the models that this page knows, and of the one that it trains. What other windows keep, the workers look up. */
export function namesInUse(): readonly ModelName[] {
  const trained = training.value ? [training.value.name] : [];
  return [...models.value.keys(), ...keptModels.value.map(({ name }) => name), ...trained];
}
