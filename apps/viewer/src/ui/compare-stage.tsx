import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { compareShapes, stopComparing } from '../actions/compare-shapes.js';
import { openLabel } from '../actions/open-label.js';
import { comparedShapes, comparison } from '../state/compare.js';
import { current } from '../state/store.js';
import { ComparedPanel, greatestDistance } from './compared-panel.js';
import { digits } from './format.js';
import { OverlayControls } from './overlay-controls.js';

/** Two shapes beside each other, each coloured by its distance to the other. */
export function CompareStage(): JSX.Element {
  const { a, b } = comparedShapes.value;
  useEffect(() => {
    if (a && b) void compareShapes(a, b);
    else stopComparing();
  }, [a, b]);
  useEffect(() => stopComparing, []);
  const { distances, found } = comparison.value ?? {};
  const most = greatestDistance(distances);
  return (
    <div class="stage">
      <ComparedPanel side="a" />
      <ComparedPanel side="b" />
      <section class="panel compare-foot" aria-label="Colours and pictures">
        <div class="scale">
          <span>Distance to the other: 0</span>
          <span class="scale-bar" aria-hidden="true" />
          <span>
            {distances ? `${digits(most)} units` : '…'}
            {distances && found ? `, ${percent(most / found.size)}` : ''}
          </span>
        </div>
        <div class="controls">
          <OverlayControls disabled={!a && !b} />
        </div>
        <LabelChooser />
      </section>
    </div>
  );
}

/** Of the size of A. */
export function percent(share: number): string {
  const value = 100 * share;
  return `${value < 10 ? value.toFixed(2) : value.toFixed(1)} % of A’s size`;
}

/** Where what an image really shows comes from a file. */
function LabelChooser(): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const item = current.value;
  return (
    <div class="controls">
      <button
        type="button"
        class="button"
        disabled={!item?.model || item.origin.kind === 'sample'}
        onClick={() => input.current?.click()}
      >
        Open the image’s label
      </button>
      <span class="hint">
        {item?.origin.kind === 'sample'
          ? 'What a sample really shows is known: it was drawn just now.'
          : 'A param_….json file says what the image really shows.'}
      </span>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="Label file"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) void openLabel(file);
          currentTarget.value = '';
        }}
      />
    </div>
  );
}
