import {
  chosenEdge,
  drawnEdges,
  type EdgePlace,
  type Inside,
  inside,
  insideModel,
  pruneThreshold,
} from '../state/inside.js';
import { current } from '../state/store.js';
import { sentenceOf } from '../worker/sentence-of.js';
import { report } from './report.js';
import { worker } from './worker.js';

let running: AbortController | undefined;

/** Looks into the chosen model with what is set; what was being looked at before is given up. */
export async function lookInside(): Promise<void> {
  const [model, threshold, drawn] = [insideModel.peek(), pruneThreshold.peek(), drawnEdges.peek()];
  running?.abort();
  chosenEdge.value = undefined;
  if (model === undefined) return;
  const controller = new AbortController();
  running = controller;
  const { found: shown, image: shownImage, model: shownModel } = inside.peek() ?? {};
  const tell = (change: Partial<Inside>) => {
    if (running === controller) inside.value = { ...inside.peek()!, ...change };
  };
  // What was found stays to be seen meanwhile, with the image that it was found with.
  const before =
    shownModel === model && shown ? { found: shown, ...(shownImage !== undefined && { image: shownImage }) } : {};
  inside.value = { model, threshold, busy: true, ...before };
  const { picture, name: image } = current.peek() ?? {};
  try {
    const found = await worker.ask(
      'inside',
      { model, threshold, drawn, ...(picture && { picture }) },
      { signal: controller.signal, onEvent: (progress) => tell({ progress }) },
    );
    tell({ found, busy: false, ...(image !== undefined && { image }) });
  } catch (error) {
    if (running !== controller) return;
    const failure = controller.signal.aborted ? 'Stopped; change a setting to look again.' : sentenceOf(error);
    inside.value = { model, threshold, busy: false, failure };
  }
}

/** Ends what is being looked at. */
export function stopLooking(): void {
  running?.abort();
}

/** Reads the function of an edge of what is shown. */
export async function readEdge(place: EdgePlace): Promise<void> {
  const shown = inside.peek();
  if (!shown || shown.busy) return;
  chosenEdge.value = { place };
  const [layer, input, unit] = place;
  try {
    const read = await worker.ask('edge', { model: shown.model, threshold: shown.threshold, layer, input, unit });
    if (chosenEdge.peek()?.place === place) chosenEdge.value = { place, read };
  } catch (error) {
    chosenEdge.value = undefined;
    report(error);
  }
}
