import { useEffect, useState } from "react";
import { ReadRefused, type Refusal } from "./reader/read-answer.ts";

export type Reading<T> = { value: T } | { refusal: Refusal } | null;

/** Reads once for each key; what was asked before is given up. Null while it is under way. */
export function useRead<T>(key: string, read: (signal: AbortSignal) => Promise<T>): Reading<T> {
  const [reading, setReading] = useState<{ key: string; result: Reading<T> }>({ key, result: null });
  useEffect(() => {
    const abort = new AbortController();
    const settle = (result: Reading<T>) => {
      if (!abort.signal.aborted) setReading({ key, result });
    };
    read(abort.signal).then(
      (value) => settle({ value }),
      (error: unknown) => settle({ refusal: error instanceof ReadRefused ? error.refusal : "damaged" }),
    );
    return () => abort.abort();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key names all that is read
  }, [key]);
  return reading.key === key ? reading.result : null;
}
