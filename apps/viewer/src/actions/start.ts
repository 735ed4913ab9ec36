import { typicalView } from '@kanrecon/scene';
import { newCase } from '../state/case.js';
import { momentOf } from '../state/edits.js';
import { type LinkState, parseLink } from '../state/link.js';
import { cases, currentId, models, orbit, samples, updateCase } from '../state/store.js';
import { chooseByHand } from './choose-by-hand.js';
import { drawFirstSamples, drawSample } from './draw-samples.js';
import { loadModels } from './load-models.js';
import { openSample } from './open-image.js';
import { openSurfaceLink } from './open-surface-link.js';
import { report } from './report.js';
import { loadOwnModels } from './training/own-models.js';

/** What the page does when it opens: the object of its link, or the first sample. */
export async function start(): Promise<void> {
  const networks = loadModels();
  networks.catch(report);
  await drawFirstSamples();
  try {
    // A surface by itself needs no network; behind it the page is as always.
    if (location.hash.length > 1 && !(await openSurfaceLink(location.hash))) {
      await networks;
      const link = parseLink(location.hash, models.value);
      if (link) {
        await openLink(link);
        void loadOwnModels();
        return;
      }
    }
  } catch (error) {
    report(error);
  }
  const [first] = samples.value;
  if (first && cases.value.length === 0) await openSample(first);
  void loadOwnModels();
}

/** Shows the object of a link, in the sample that it was found in if there was one. */
export async function openLink(link: LinkState): Promise<void> {
  const { model, parameters, locks, sample, cameraAngles, baseColor, light, pattern } = link;
  const edit = { parameters, locks };
  const scene = models.value.get(model)?.scene;
  // A link leaves out what is usual; an estimate of the same image may say otherwise.
  const usual = scene && typicalView(scene, cameraAngles).light;
  const seen = light ?? usual;
  const look = { cameraAngles, baseColor, ...(seen && { light: seen }), ...(pattern && { pattern }) };
  orbit.value = link.orbit;
  if (sample) {
    const id = await openSample(await drawSample(sample.scene, sample.seed));
    // The network's own choice may be another, and the verdict on that says nothing of this one.
    chooseByHand(id, model);
    updateCase(id, (before) => ({
      edit,
      undo: before.edit ? [momentOf(before)] : [],
      look,
    }));
    return;
  }
  const item = newCase({
    name: 'object of a link',
    origin: { kind: 'link' },
    phase: 'ready',
    model,
    edit,
    look,
  });
  cases.value = [...cases.value, item];
  currentId.value = item.id;
}
