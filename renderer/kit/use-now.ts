import { useEffect, useState } from "react";

const MINUTE_MS = 60_000;

/** The time, to the minute: what is said of it never is older. */
export function useNow(): number {
  const [nowMs, setNow] = useState(() => Date.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const waitForMinute = () => {
      timer = setTimeout(tell, MINUTE_MS - (Date.now() % MINUTE_MS));
    };
    const tell = () => {
      setNow(Date.now());
      waitForMinute();
    };
    waitForMinute();
    return () => clearTimeout(timer);
  }, []);
  return nowMs;
}
