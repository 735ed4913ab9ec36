/** Renderings an image, about, when nothing else is said: what `refine` takes by itself. */
export const usualBudget = 2000;
