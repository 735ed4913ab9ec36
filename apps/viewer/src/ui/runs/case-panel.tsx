import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type CaseImage, caseImage } from '../../actions/runs/case-picture.js';
import { stepCase } from '../../actions/runs/choose-run.js';
import { openCase } from '../../actions/runs/open-case.js';
import { caseErrors } from '../../state/runs/case-errors.js';
import type { CaseOrder, RunCase } from '../../state/runs/cases.js';
import { caseOrder, currentCase, scoredRuns } from '../../state/runs/runs.js';
import { sentenceOf } from '../../worker/sentence-of.js';
import { CaseDistances } from './case-distances.js';
import { CaseMeshes } from './case-meshes.js';
import { CasePicture } from './case-picture.js';
import { CaseTable } from './case-table.js';
import { SeriesMark } from './series-mark.js';

const orders = {
  worst: 'Largest error first',
  best: 'Smallest error first',
  refined: 'Largest error after refinement first',
  number: 'By number',
} as const satisfies Record<CaseOrder, string>;

/** One case: its image, what it really shows, and what each network made of it. */
export function CasePanel(): JSX.Element | null {
  const item = currentCase.value;
  const [shown, setShown] = useState<{ key: string; image?: CaseImage; failure?: string }>({ key: '' });
  const key = item?.key;
  const evaluations = scoredRuns.value.map(({ evaluation }) => evaluation);
  useEffect(() => {
    if (!item) return;
    const controller = new AbortController();
    caseImage(item, controller.signal).then(
      (image) => {
        if (!controller.signal.aborted) setShown({ key: item.key, image });
      },
      (error: unknown) => {
        if (!controller.signal.aborted) setShown({ key: item.key, failure: sentenceOf(error) });
      },
    );
    return () => controller.abort();
  }, [key, ...evaluations]);
  if (!item) return null;
  const now = shown.key === item.key ? shown : undefined;
  const anyRefined = evaluations.some(({ told }) => told.refined);
  return (
    <div class="findings">
      <section class="panel case-panel" aria-labelledby="case-title">
        <div class="panel-head">
          <h2 id="case-title">Case</h2>
          <span class="panel-note" aria-live="polite">
            {item.at + 1} of {item.of}
          </span>
        </div>
        <label class="field">
          Order
          <select
            value={caseOrder.value}
            onChange={({ currentTarget }) => {
              caseOrder.value = currentTarget.value as CaseOrder;
            }}
          >
            {Object.entries(orders)
              .filter(([value]) => value !== 'refined' || anyRefined || caseOrder.value === 'refined')
              .map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
          </select>
        </label>
        <div class="own-buttons">
          <button type="button" class="button" disabled={item.at === 0} onClick={() => stepCase(-1)}>
            Previous<span class="visually-hidden"> case</span>
          </button>
          <button type="button" class="button" disabled={item.at + 1 === item.of} onClick={() => stepCase(1)}>
            Next<span class="visually-hidden"> case</span>
          </button>
        </div>
        <p class="case-name">{item.image}</p>
        <div class="square case-square">
          {now?.image && <CasePicture image={now.image} name={item.image} />}
          {!now && <p class="empty">Fetching the image.</p>}
          {now?.failure && <p class="empty case-missing">{now.failure}</p>}
        </div>
        <button type="button" class="button" disabled={!now?.image} onClick={() => void openCase(item)}>
          Open in “Image to object”
        </button>
        <Errors item={item} />
        <CaseTable item={item} />
        <CaseDistances item={item} />
        <CaseMeshes item={item} />
      </section>
    </div>
  );
}

/** How wrong each network is about it. */
function Errors({ item }: { item: RunCase }): JSX.Element {
  const scored = scoredRuns.value;
  return (
    <ul class="case-errors">
      {caseErrors(item, scored).map(({ run: { run, color }, words }) => (
        <li key={run.key} class="hint">
          {scored.length > 1 && (
            <>
              <SeriesMark color={color} /> {run.name}:{' '}
            </>
          )}
          {words}
        </li>
      ))}
    </ul>
  );
}
