/** Colours of curves and points that belong together, on light and on dark pages; further ones begin anew. */
export const seriesColors = {
  light: ['#2563eb', '#ea580c', '#0d9488', '#9333ea'],
  dark: ['#60a5fa', '#fb923c', '#2dd4bf', '#c084fc'],
} as const;
