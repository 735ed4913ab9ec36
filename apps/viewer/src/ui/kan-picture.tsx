import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { readEdge } from '../actions/look-inside.js';
import { chosenEdge, type EdgePlace } from '../state/inside.js';

/** A KAN as `plotKAN` draws it, its edges to be chosen by mouse or keyboard. @param svg whose groups of class `edge` say which they are */
export function KanPicture({ svg }: { svg: string }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml');
    for (const edge of documentElement.querySelectorAll('.edge')) {
      edge.setAttribute('role', 'button');
      edge.setAttribute('tabindex', '0');
      edge.setAttribute('aria-label', edge.querySelector('title')?.textContent ?? 'edge');
    }
    // A group: what is in it can be chosen.
    documentElement.setAttribute('role', 'group');
    place.current?.replaceChildren(document.importNode(documentElement, true));
  }, [svg]);
  const chosen = chosenEdge.value?.place.join(' ');
  useEffect(() => {
    for (const edge of place.current?.querySelectorAll('.edge') ?? []) {
      const is = edge.getAttribute('data-edge') === chosen;
      edge.setAttribute('aria-pressed', String(is));
      edge.classList.toggle('chosen', is);
    }
  }, [svg, chosen]);
  const choose = (target: EventTarget | null) => {
    const edge = target instanceof Element ? target.closest('.edge') : null;
    const numbers = edge?.getAttribute('data-edge')?.split(' ').map(Number);
    if (numbers) void readEdge(numbers as unknown as EdgePlace);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the edges in it take focus and keys
    <div
      class="kan-picture"
      ref={place}
      onClick={({ target }) => choose(target)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        choose(event.target);
      }}
    />
  );
}
