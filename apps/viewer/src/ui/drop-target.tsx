import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { redo, undo } from '../actions/edit-current.js';
import { openFiles } from '../actions/open-image.js';
import { report } from '../actions/report.js';
import { openModel } from '../actions/training/own-models.js';
import { mode, notify } from '../state/store.js';

/** Takes images and models' files that are dropped anywhere on the page or pasted into it, and the keys for undo and redo. */
export function DropTarget({ children }: { children: ComponentChildren }): JSX.Element {
  const over = useSignal(0);
  useEffect(() => {
    document.addEventListener('paste', paste);
    document.addEventListener('keydown', keyDown);
    return () => {
      document.removeEventListener('paste', paste);
      document.removeEventListener('keydown', keyDown);
    };
  }, []);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    over.value = 0;
    const items = [...(event.dataTransfer?.items ?? [])].filter(({ kind }) => kind === 'file');
    // A folder comes as one file that has nothing in it.
    const whole = items.filter((item) => !item.webkitGetAsEntry()?.isDirectory);
    if (whole.length < items.length) notify('error', folderWords);
    if (whole.length === 0 && items.length > 0) return;
    takeFiles(
      whole.flatMap((item) => item.getAsFile() ?? []),
      'dropped',
    );
  };
  const enter = (by: number) => (event: DragEvent) => {
    event.preventDefault();
    over.value = Math.max(0, over.value + by);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has its equal in the button "Choose images"
    <div
      class="app"
      onDragEnter={enter(1)}
      onDragLeave={enter(-1)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      {children}
      {over.value > 0 && (
        <div class="drop-veil" aria-hidden="true">
          <p>Drop {mode.value === 'runs' ? 'a run’s files' : 'images'} here</p>
        </div>
      )}
    </div>
  );
}

const folderWords =
  'A folder cannot be dropped; drop the files in it, or, for a run, use “Open a run’s folder” under “Runs”.';

/** Files of a run, as against images and models. */
const ofRun = /(\.(jsonl|csv)|^(metrics|evaluation)\.json)$/i;

function takeFiles(files: readonly File[], how: string): void {
  if (files.length > 0 && (mode.value === 'runs' || files.some(({ name }) => ofRun.test(name)))) {
    mode.value = 'runs';
    // Its code comes with the page that shows them.
    import('../actions/runs/open-runs.js').then(({ openRuns }) => openRuns(files), report);
    return;
  }
  const archives = files.filter(({ name }) => /\.zip$/i.test(name));
  for (const archive of archives) void openModel([archive]);
  const images = files.filter((file) => !archives.includes(file));
  if (archives.length > 0 && images.length === 0) return;
  if (images.length > 0) void openFiles(images);
  else notify('error', `What was ${how} holds no image file; save the image and choose the file.`);
}

/** Inputs into which nothing is typed. */
const untyped: ReadonlySet<string> = new Set([
  'range',
  'checkbox',
  'radio',
  'file',
  'color',
  'button',
  'submit',
  'reset',
  'image',
  'hidden',
]);

/** Whether text or a number is typed there: the browser pastes into it, and takes back what was typed. */
function takesText(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !untyped.has(target.type));
}

function paste(event: ClipboardEvent): void {
  if (takesText(event.target)) return;
  const files = [...(event.clipboardData?.files ?? [])];
  // Text without a file was meant for some other place, or for none.
  if (files.length === 0 && event.clipboardData?.types.includes('text/plain')) return;
  takeFiles(files, 'pasted');
}

function keyDown(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  if (takesText(event.target)) return;
  const key = event.key.toLowerCase();
  const action = key === 'z' ? (event.shiftKey ? redo : undo) : key === 'y' ? redo : undefined;
  if (!action) return;
  event.preventDefault();
  action();
}
