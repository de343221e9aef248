import { spawn } from "node:child_process";

export interface ProgramResult {
  code: number | null;
  output: string;
  errors: string;
}

export interface ProgramOptions {
  signal: AbortSignal;
  /** Given on its standard input: never among its arguments, which every program of the machine may read. */
  input?: string;
  /** Answers what it asks, as it prints it; null: there is nothing more to say. */
  answer?: (asked: string) => string | null | undefined;
}

const MOST_OUTPUT = 1_000_000;

/** A program of the system, without a shell, in English. @throws Error when it cannot be started, or the signal is aborted */
export async function runProgram(
  program: string,
  args: readonly string[],
  { signal, input, answer }: ProgramOptions,
): Promise<ProgramResult> {
  const child = spawn(program, args, {
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
    signal,
    killSignal: "SIGKILL",
    env: { ...process.env, LC_ALL: "C.UTF-8", LANGUAGE: "C" },
  });
  const said = { output: "", errors: "", asked: "" };
  // It may end without having read what it was given.
  child.stdin.on("error", () => undefined);
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.output = (said.output + text).slice(-MOST_OUTPUT);
    said.asked += text;
    const reply = answer?.(said.asked);
    if (reply === undefined) return;
    said.asked = "";
    if (reply === null) child.stdin.end();
    else child.stdin.write(`${reply}\n`);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.errors = (said.errors + text).slice(-10_000);
  });
  if (answer === undefined) child.stdin.end(input ?? "");
  return await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output: said.output, errors: said.errors }));
  });
}
