/** One way of doing the job that is compared. */
export interface Contender {
  name: string;
  /** Measured in the first so many rounds only: for the slow ones. */
  rounds: number;
  measure: () => Promise<number>;
}

/**
 * Measures contenders in turn, round after round, so that whatever else the machine does falls on all of them alike. The
 * order turns with each round. Returns what each measured, by round.
 */
export async function inTurn(
  contenders: readonly Contender[],
  print: (line: string) => void,
): Promise<Map<string, number[]>> {
  const measured = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  const rounds = Math.max(...contenders.map((contender) => contender.rounds));
  for (let round = 0; round < rounds; round++) {
    const turn = round % contenders.length;
    const order = [...contenders.slice(turn), ...contenders.slice(0, turn)];
    const line: string[] = [];
    for (const contender of order) {
      if (round >= contender.rounds) continue;
      const value = await contender.measure();
      measured.get(contender.name)?.push(value);
      line.push(`${contender.name} ${value.toFixed(1)}`);
    }
    print(`round ${String(round + 1)}: ${line.join(", ")}`);
  }
  return measured;
}

export function valuesOf(measured: ReadonlyMap<string, number[]>, name: string): number[] {
  const values = measured.get(name);
  if (values === undefined || values.length === 0) throw new RangeError(`nothing was measured for ${name}`);
  return values;
}
