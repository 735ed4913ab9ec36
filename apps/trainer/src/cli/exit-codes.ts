/** Exit codes of the program, the same for every command. 130 is what shells report for a program ended by Ctrl-C. */
export const exitCodes = { done: 0, bug: 1, userMistake: 2, interrupted: 130 } as const;
