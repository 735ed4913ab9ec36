/** Milliseconds per image of each round, by the clock and of CPU time, after two rounds of warming up. */
export async function timed(run, { rounds, batch, warmUp = 2 }) {
  const clock = [];
  const cpu = [];
  for (let round = -warmUp; round < rounds; round++) {
    const start = performance.now();
    const startCpu = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(startCpu);
    if (round < 0) continue;
    clock.push((performance.now() - start) / batch);
    cpu.push((user + system) / 1000 / batch);
  }
  return { clock, cpu };
}
