import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { IconButton } from './icon-button.js';

const prefersDark = matchMedia('(prefers-color-scheme: dark)');

/** Whether the page is dark: as the system is, until the button is pressed. */
export const dark = signal(prefersDark.matches);

let chosen = false;
prefersDark.addEventListener('change', ({ matches }) => {
  if (!chosen) dark.value = matches;
});

/** Switches between a dark and a light page. */
export function ThemeButton(): JSX.Element {
  useEffect(() => {
    document.documentElement.dataset['theme'] = dark.value ? 'dark' : 'light';
  }, [dark.value]);
  const label = dark.value ? 'Light page' : 'Dark page';
  return (
    <IconButton
      icon={dark.value ? 'sun' : 'moon'}
      label={label}
      onClick={() => {
        chosen = true;
        dark.value = !dark.value;
      }}
    />
  );
}
