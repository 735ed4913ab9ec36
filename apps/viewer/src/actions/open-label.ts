import { DatasetError, parseLabel } from '@kanrecon/dataset';
import { ViewerError } from '../image/viewer-error.js';
import { current, models, notify, updateCase } from '../state/store.js';
import { report } from './report.js';

/** Most bytes of a label: the study's have 500. */
const most = 1e6;

/** Reads a label file of the study's layout: what the current image really shows. */
export async function openLabel(file: File): Promise<void> {
  const item = current.value;
  const model = item?.model && models.value.get(item.model);
  if (!item || !model) return;
  try {
    if (file.size > most) throw new ViewerError(`“${file.name}” is too large for a label; choose a param_….json file.`);
    const label = parseLabel(await file.text(), file.name, model.scene.surface);
    updateCase(item.id, { label });
    if (item.origin.kind === 'file' && label.imageFile !== item.name) {
      notify('note', `The label names the image “${label.imageFile}”, not “${item.name}”; it is taken all the same.`);
    }
  } catch (error) {
    report(error instanceof DatasetError ? new ViewerError(sentence(file.name, error), { cause: error }) : error);
  }
}

function sentence(name: string, { problems }: DatasetError): string {
  return `“${name}” cannot be used: ${problems.map(({ message }) => message).join('; ')}; choose the label of this image, as the study or Save, JSON writes it.`;
}
