/** The rate that the study's EfficientNet models mean by a bare DROP. */
export const STUDY_DROPOUT = 0.4;

/**
 * Hidden layers that the study's networks have whose first head layer is of that width. A width of 6 is the outputs, so there are none;
 * any width that is not here is one hidden layer.
 */
export const studyWidths: Readonly<Record<number, readonly number[]>> = {
  6: [],
  32: [32, 16],
  256: [256, 128, 64, 32],
};
