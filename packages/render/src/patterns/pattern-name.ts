/** Names of the built-in patterns. */
export type PatternName = 'plain' | 'hue-wheel' | 'stripes' | 'checker';
