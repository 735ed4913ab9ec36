/** The rate that the study's EfficientNet models mean by a bare DROP. */
export const STUDY_DROPOUT = 0.4;

/**
 * The width in the name of a network whose head has no hidden layers: the study's outputs, six parameters. It stands for a single layer whatever
 * its outputs are, as these are no choice of the network's: the surface's parameters, the camera's numbers, and a spread of each.
 */
export const STUDY_OUTPUTS = 6;

/**
 * Hidden layers that the study's networks have whose first head layer is of that width. Any width that is not here is one hidden layer.
 */
export const studyWidths: Readonly<Record<number, readonly number[]>> = {
  [STUDY_OUTPUTS]: [],
  32: [32, 16],
  256: [256, 128, 64, 32],
};
