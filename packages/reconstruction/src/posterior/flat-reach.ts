import type { FreeDirection } from '../refine/free-directions.js';
import type { GuessRenderer } from '../refine/guess-renderer.js';
import { compareGuess, type Fitted, type Level } from '../refine/level.js';

/** Standard deviations at which a direction is looked at: the likelihood's logarithm should have fallen by half their square. */
const looked = 6;
/** A fall by less than this is none. */
const falls = 2;
/** Halvings between the last place where nothing showed and the first where something did. */
const halvings = 3;

/**
 * How far a fit can be moved along one direction, all else staying, without its picture changing, where derivatives say that it
 * cannot. An object that hides its own lower end looks the same whatever its height, but at the height where that end comes into
 * sight: a fit that ends there has a derivative, which holds on one side only.
 *
 * It is looked at six standard deviations to either side; farther only where nothing shows there.
 *
 * @param information the direction's own (JᵀWJ), in units
 * @param variance by which squared errors are divided
 * @returns how far down and up, in units; 0 where the derivative is right
 */
export function flatReach(
  renderer: GuessRenderer,
  level: Level,
  direction: FreeDirection,
  fitted: Fitted,
  information: number,
  variance: number,
): readonly [low: number, high: number] {
  const spread = Math.sqrt(variance / Math.max(information, 1e-12));
  const [least, most] = direction.room(fitted.guess);
  return [-reach(-1, -least), reach(1, most)];

  function reach(sign: number, room: number): number {
    const first = looked * spread;
    // Too little room to tell, or the spread says already that nothing shows.
    if (first >= room || !same(sign * first)) return 0;
    let near = first;
    let far = room;
    for (let step = 2 * first; step < room; step *= 2) {
      if (!same(sign * step)) {
        far = step;
        break;
      }
      near = step;
    }
    if (far === room && same(sign * room)) return room;
    for (let i = 0; i < halvings; i++) {
      const middle = (near + far) / 2;
      if (same(sign * middle)) near = middle;
      else far = middle;
    }
    return near;
  }

  function same(amount: number): boolean {
    const moved = compareGuess(renderer, level, direction.move(fitted.guess, amount));
    if (!moved) return false;
    return (level.target.length * (moved.cost - fitted.cost)) / (2 * variance) < falls;
  }
}
