import { afterEach, describe, expect, it, vi } from 'vitest';
import { interruptSignal } from './interrupt-signal.js';

describe('interruptSignal', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('the first Ctrl-C aborts, its echo through npm is ignored, a later one ends the program', () => {
    vi.useFakeTimers({ toFake: ['performance'], now: 10_000 });
    const exit = vi.spyOn(process, 'exit').mockImplementation((() => {}) as never);
    const notes: string[] = [];
    const before = process.listenerCount('SIGINT');
    const { signal, release } = interruptSignal({ note: (line) => notes.push(line) });
    process.emit('SIGINT', 'SIGINT');
    expect(signal.aborted).toBe(true);
    expect(notes).toHaveLength(1);
    vi.advanceTimersByTime(50);
    process.emit('SIGINT', 'SIGINT');
    expect(exit).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2000);
    process.emit('SIGINT', 'SIGINT');
    expect(exit).toHaveBeenCalledWith(130);
    release();
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
