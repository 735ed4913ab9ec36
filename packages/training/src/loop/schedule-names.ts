/** Values of `--schedule`. `step` is the study's: every 20 epochs to .7 of the rate. */
export const scheduleNames = ['constant', 'step', 'cosine', 'one-cycle'] as const;
