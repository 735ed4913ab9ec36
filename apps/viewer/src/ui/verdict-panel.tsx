import type { JSX } from 'preact';
import { chooseByHand } from '../actions/choose-by-hand.js';
import type { Case } from '../state/case.js';
import { refinedBy, verdictOf } from '../state/estimate.js';
import { heldBack } from '../state/shown.js';
import { current, models, updateCase } from '../state/store.js';

const words = { found: 'Found', doubtful: 'Doubtful', foreign: 'Something else' } as const;

/** Whether the image shows such an object at all, and which network answers. */
export function VerdictPanel(): JSX.Element {
  const item = current.value;
  const said = item && verdictOf(item);
  const kind = item?.phase === 'failed' ? 'foreign' : said?.verdict.kind;
  return (
    <section class="panel verdict-panel" aria-labelledby="verdict-title">
      <div class="panel-head">
        <h2 id="verdict-title">Verdict</h2>
        {kind && <span class={`badge ${kind}`}>{item?.phase === 'failed' ? 'Failed' : words[kind]}</span>}
        {!kind && item && item.origin.kind !== 'link' && <span class="badge waiting">Looking</span>}
      </div>
      <p aria-live="polite" class="verdict-sentence">
        {item?.failure ??
          said?.verdict.sentence ??
          (item ? pending(item.origin.kind) : 'Nothing has been looked at yet.')}
      </p>
      {said?.quick && said.verdict.kind !== 'foreign' && (
        <p class="hint">That is a quick look; refinement tells more exactly.</p>
      )}
      {item && saysOtherwise(item) && (
        <p class="hint">Locked values may be the reason: unlock them and refine again.</p>
      )}
      {item && heldBack.value && (
        <div class="held-back">
          <p>Numbers would look as sure as any, and mean little.</p>
          <button type="button" class="button" onClick={() => updateCase(item.id, { shownAnyway: true })}>
            Show the nearest object all the same
          </button>
        </div>
      )}
      <ModelChoice />
    </section>
  );
}

/** Whether a refinement with locked values explains the image badly. */
function saysOtherwise({ model, refined }: Case): boolean {
  const found = model === undefined ? undefined : refinedBy({ refined }, model);
  return found !== undefined && found.verdict.kind !== 'found' && Object.keys(found.known).length > 0;
}

function pending(origin: string): string {
  return origin === 'link'
    ? 'This object came with a link.'
    : 'Is it such an object? Renderings are being compared with the image.';
}

function ModelChoice(): JSX.Element | null {
  const item = current.value;
  if (!item?.model || models.value.size === 0) return null;
  const judged = [...item.verdicts, ...Object.values(item.refined).filter((found) => found !== undefined)];
  const leaves = new Map(judged.map(({ model, verdict }) => [model, verdict.score]));
  return (
    <label class="field">
      <span>Model</span>
      <select
        value={item.model}
        disabled={item.answers.length === 0 || item.phase !== 'ready'}
        onChange={({ currentTarget }) => chooseByHand(item.id, currentTarget.value)}
      >
        {[...models.value.values()].map(({ name }) => (
          <option key={name} value={name}>
            {name}
            {leaves.has(name) ? `: ${percent(leaves.get(name)!)} unexplained` : ''}
          </option>
        ))}
      </select>
    </label>
  );
}

function percent(score: number): string {
  const value = 100 * Math.min(1, score);
  return value < 0.1 ? '< 0.1 %' : `${value.toFixed(1)} %`;
}
