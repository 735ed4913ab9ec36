import type { SceneName } from '@kanrecon/scene';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { identifySurface, stopIdentifying } from '../actions/identify-surface.js';
import { saveFile } from '../export/save-file.js';
import { chosenLook, type Identification, identification, looks } from '../state/identify.js';
import { surfaceCase } from '../state/store.js';
import type { Identified } from '../worker/findings.js';

/** What images of the surface that is shown tell of its parameters: in sentences, as a table and as a picture. */
export function IdentifyPanel(): JSX.Element {
  const surface = surfaceCase.value?.surface;
  const look = chosenLook.value;
  const known = identification.value;
  const own = known?.surface === surface && known?.look === look ? known : undefined;
  // Of another surface nobody waits for an answer.
  useEffect(() => {
    if (known?.busy && !own) stopIdentifying();
  }, [known, own]);
  useEffect(() => stopIdentifying, []);
  return (
    <section class="panel identify-panel" aria-labelledby="identify-title">
      <div class="panel-head">
        <h2 id="identify-title">What images tell of it</h2>
      </div>
      <div class="controls">
        <label class="field">
          <span>How it is seen</span>
          <select
            value={look}
            onChange={({ currentTarget }) => {
              chosenLook.value = currentTarget.value as SceneName;
            }}
          >
            {Object.entries(looks).map(([name, words]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </select>
        </label>
        {own?.busy ? (
          <button type="button" class="button primary" onClick={stopIdentifying}>
            Stop
          </button>
        ) : (
          <button type="button" class="button primary" disabled={!surface} onClick={() => void identifySurface()}>
            Find out
          </button>
        )}
      </div>
      <p class={own?.failure ? 'problem' : 'hint'} aria-live="polite">
        {sentenceFor(own)}
      </p>
      {own?.found && <Findings found={own.found} name={surface!.name} />}
    </section>
  );
}

function sentenceFor(own: Identification | undefined): string {
  if (own?.failure) return own.failure;
  if (own?.found)
    return `Of ${own.found.draws} random objects, in images of ${own.found.size} × ${own.found.size} pixels:`;
  if (own?.busy) {
    const { done, total } = own.progress ?? {};
    return done === undefined ? 'Drawing objects.' : `Looking at objects: ${done} of ${total}.`;
  }
  return 'Random objects are drawn, and changed: which parameters leave no trace in their images, and which only show together?';
}

const words = { visible: 'shows', tied: 'tied to others', invisible: 'no trace', undecided: 'undecided' } as const;

function Findings({ found, name }: { found: Identified; name: string }): JSX.Element {
  const { svg, summary, verdicts } = found;
  const blob = useMemo(() => new Blob([svg], { type: 'image/svg+xml' }), [svg]);
  const address = useMemo(() => URL.createObjectURL(blob), [blob]);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return (
    <>
      <ul class="sentences">
        {summary.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <table class="combinations">
        <caption>The smallest change that an eye can see, of the parameter’s range</caption>
        <thead>
          <tr>
            <th scope="col">parameter</th>
            <th scope="col">in the image</th>
            <th scope="col">change</th>
          </tr>
        </thead>
        <tbody>
          {verdicts.map(({ name: parameter, verdict, seenShare }) => (
            <tr key={parameter}>
              <th scope="row">{parameter}</th>
              <td>{words[verdict]}</td>
              <td>{shareOf(verdict, seenShare)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <img
        class="identify-figure"
        src={address}
        alt={`Singular values of the images’ Jacobian, the smallest changes that show, and objects moved along what leaves no trace, of ${name.replaceAll('-', ' ')}; the sentences and the table say what they mean`}
      />
      <div class="controls">
        <button type="button" class="button" onClick={() => saveFile(blob, `identify-${name}.svg`)}>
          Save the figure (SVG)
        </button>
      </div>
    </>
  );
}

function shareOf(verdict: keyof typeof words, share: number | null): string {
  if (verdict === 'invisible') return '–';
  return share === null ? 'none shows' : `${Number((100 * share).toPrecision(2))} %`;
}
