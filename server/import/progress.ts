export interface Progress {
  update(done: number, total: number): void;
  end(): void;
}

export interface ProgressOutput {
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  write(text: string): unknown;
}

/** A bar that draws over itself on a terminal, a line every tenth of the way in a log. */
export function createProgress(output: ProgressOutput, clock: () => number): Progress {
  return output.isTTY === true ? createBar(output, clock) : createLines(output);
}

function createBar(output: ProgressOutput, clock: () => number): Progress {
  let drawnAtMs = 0;
  let isDrawn = false;
  const draw = (done: number, total: number): void => {
    const part = total === 0 ? 1 : done / total;
    const width = Math.max(10, Math.min(40, (output.columns ?? 80) - 30));
    const full = Math.round(part * width);
    const bar = "█".repeat(full) + "░".repeat(width - full);
    output.write(`\r${bar} ${percent(part)}  ${megabytes(done)} / ${megabytes(total)} MB`);
    isDrawn = true;
  };
  return {
    update(done, total) {
      const nowMs = clock();
      if (nowMs - drawnAtMs < 100 && done < total) return;
      drawnAtMs = nowMs;
      draw(done, total);
    },
    end() {
      if (isDrawn) output.write("\n");
    },
  };
}

function createLines(output: ProgressOutput): Progress {
  let tenth = 0;
  return {
    update(done, total) {
      const reached = total === 0 ? 10 : Math.floor((done / total) * 10);
      if (reached <= tenth) return;
      tenth = reached;
      output.write(`${percent(reached / 10)}  ${megabytes(done)} / ${megabytes(total)} MB\n`);
    },
    end() {
      tenth = 10;
    },
  };
}

function percent(part: number): string {
  return `${Math.floor(part * 100)} %`.padStart(5);
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
