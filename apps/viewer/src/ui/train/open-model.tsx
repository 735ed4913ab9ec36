import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { openModel } from '../../actions/training/own-models.js';
import { Icon } from '../icon.js';

/** Opens a model from its file, or from its folder. */
export function OpenModel(): JSX.Element {
  const file = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (folder.current) folder.current.webkitdirectory = true;
  }, []);
  const take = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => {
    void openModel([...(currentTarget.files ?? [])]);
    // The same one may be chosen again.
    currentTarget.value = '';
  };
  return (
    <div class="open-model">
      <div class="own-buttons">
        <button type="button" class="button" onClick={() => file.current?.click()}>
          <Icon name="upload" /> Open a model’s file
        </button>
        <button type="button" class="button" onClick={() => folder.current?.click()}>
          Open a folder
        </button>
      </div>
      <p class="hint">
        A file that was saved here, or a folder that kanrecon train has made; kanrecon predict reads both, too.
      </p>
      <input ref={file} type="file" accept=".zip" hidden aria-label="A model’s file" onChange={take} />
      <input ref={folder} type="file" hidden aria-label="A model’s folder" onChange={take} />
    </div>
  );
}
