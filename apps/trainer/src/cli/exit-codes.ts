/**
 * Exit codes of the program, the same for every command. `findings`: `dataset check` did its work and found something, as grep and
 * linters tell it; `undecided`: `identify` did its work, but its settings are too coarse for an answer; a bug has the same number and
 * says that it is one. 130 is what shells report for a program ended by Ctrl-C.
 */
export const exitCodes = { done: 0, findings: 1, undecided: 1, bug: 1, userMistake: 2, interrupted: 130 } as const;
