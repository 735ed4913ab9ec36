import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { surfaceOfText } from '../actions/surface-of-text.js';
import { formulaText as text } from '../state/formula.js';

const problem = signal('');

/** Milliseconds without a key before what was typed is read. */
const pause = 250;

/** A surface of one's own, typed as formulas; what is wrong with them stands below. */
export function FormulaBox(): JSX.Element {
  useEffect(() => {
    let stale = false;
    const timer = setTimeout(async () => {
      const said = await surfaceOfText(text.value, () => stale);
      if (!stale) problem.value = said;
    }, pause);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [text.value]);
  return (
    <div class="formula">
      <label for="formula">Formulas of u and v</label>
      <textarea
        id="formula"
        rows={13}
        spellcheck={false}
        autocomplete="off"
        value={text.value}
        aria-invalid={problem.value !== ''}
        aria-describedby="formula-problem formula-help"
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value;
        }}
      />
      <p id="formula-problem" class="problem" role="alert">
        {problem.value}
      </p>
      <p id="formula-help" class="hint">
        x, y, z are the point; a range “from .. to” of u and v is the domain, of any other name a parameter with a
        slider. sin, cos, exp, sqrt, atan2, pi and more; before a parenthesis a * is needed; # begins a comment; “closed
        = u” joins the ends of u.
      </p>
    </div>
  );
}
