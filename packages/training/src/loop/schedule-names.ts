/** Values of `--schedule`. `step` is PyTorch's StepLR, by epochs. */
export const scheduleNames = ['constant', 'step', 'cosine', 'one-cycle'] as const;

/** Where the schedule `step` drops, and to what: the study's, every 20 epochs to .7 of the rate. */
export const stepDecayDefaults = { every: 20, gamma: 0.7 } as const;
