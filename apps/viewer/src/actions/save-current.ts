import { objectFile } from '../export/object-file.js';
import { parametersFile } from '../export/parameters-file.js';
import { fileBase, labelName, saveFile } from '../export/save-file.js';
import { heldBack, shown } from '../state/shown.js';
import { current } from '../state/store.js';
import { objectView } from './object-view.js';
import { report } from './report.js';

/** What the current object can be saved as. */
export const savedKinds = {
  glb: { label: 'GLB', about: 'mesh with colours, for Blender and other programs' },
  stl: { label: 'STL', about: 'mesh for printing' },
  obj: { label: 'OBJ', about: 'mesh as text' },
  png: { label: 'PNG', about: 'the 3D view as a picture' },
  json: { label: 'JSON', about: "parameters and camera, in the study's layout" },
} as const;

/** Those that a surface by itself can be saved as: it has no camera and no image. */
export const surfaceKinds: readonly SavedKind[] = ['glb', 'stl', 'obj', 'png'];

export type SavedKind = keyof typeof savedKinds;

/** Saves what is shown at this moment. */
export async function saveCurrent(kind: SavedKind): Promise<void> {
  const [item, object] = [current.value, shown.value];
  if (!item || !object || heldBack.value) return;
  const base = fileBase(item.name);
  try {
    if (kind === 'png') {
      const view = objectView.value;
      if (view) saveFile(await view.toPng(), `${base}-object.png`);
      else report(new Error('there is no 3D view in this browser, so that there is no picture of it'));
    } else if (kind === 'json') {
      // The study's name of a label; samples and links have no file.
      const imageFile = item.origin.kind === 'file' ? item.name : `${base}.png`;
      saveFile(parametersFile(object, imageFile), labelName(imageFile));
    } else {
      saveFile(await objectFile(object, kind, base), `${base}.${kind}`);
    }
  } catch (error) {
    report(error);
  }
}
