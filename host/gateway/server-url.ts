import { AppError } from "#contract/problem.ts";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export function isLoopback(url: URL): boolean {
  return LOOPBACK.test(url.hostname);
}

/**
 * The origin meant by what a person typed or pasted: `workplace.example`, `https://workplace.example/some/page`…
 * Clear text only to this very machine.
 * @throws AppError wrongAddress
 */
export function parseServerUrl(typed: string): string {
  const text = typed.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
    ? text
    : `${looksLocal(text) ? "http" : "https"}://${text}`;
  if (text === "" || /\s/.test(text) || !URL.canParse(withScheme))
    throw wrong(`“${text}” is not an address.`);
  const url = new URL(withScheme);
  if (url.username !== "" || url.password !== "")
    throw wrong("An address must not carry a name or a password.");
  if (url.protocol === "https:") return url.origin;
  if (url.protocol !== "http:") throw wrong(`${url.protocol} is not supported: use https:.`);
  if (!isLoopback(url)) throw wrong("Parvis only speaks https: outside this machine. Use https:.");
  return url.origin;
}

function looksLocal(text: string): boolean {
  return /^(localhost|127\.|\[::1\])/.test(text);
}

function wrong(detail: string): AppError {
  return new AppError("wrongAddress", { title: "This is not the address of a workplace", detail });
}
