/** `--backbone` and what the model calls it. */
export const backboneFlags = { squeezenet: 'squeezeNet11', efficientnet: 'efficientNetB0', small: 'smallCnn' } as const;

/** `--head` and what the model calls it. */
export const headFlags = { fourier: 'fourierKAN', efficient: 'efficientKAN', mlp: 'mlp' } as const;

export type HeadFlag = keyof typeof headFlags;
