/** Somebody from outside, as typed: `jeanne@exemple.fr` or `Jeanne Roy <jeanne@exemple.fr>`. */
export interface TypedAddress {
  readonly email: string;
  readonly name: string | undefined;
}

const MOST_LETTERS = 254;
/** What mail programs take: one @, no spaces, a domain with a dot (RFC 5321 section 4.1.2 allows more than anybody has). */
const email = /^[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"\\[\]]+\.[^\s@.<>(),;:"\\[\]]{2,}$/;

function readAddress(text: string): TypedAddress | undefined {
  const framed = /^(.*)<([^<>]+)>$/s.exec(text.trim());
  const written = (framed?.[2] ?? text).trim().replace(/^mailto:/i, "");
  if (written.length > MOST_LETTERS || !email.test(written) || written.includes("..")) return undefined;
  const name = framed?.[1]?.trim().replaceAll(/^"|"$/g, "").trim();
  return { email: written, name: name === undefined || name === "" ? undefined : name.slice(0, 200) };
}

/** One or several, as pasted from a mail. Undefined where a part of it is no address. */
export function typedAddresses(text: string): readonly TypedAddress[] | undefined {
  const parts = text.split(/[,;\n]+/).filter((part) => part.trim() !== "");
  const read = parts.map(readAddress);
  const addresses = read.flatMap((each) => each ?? []);
  return addresses.length === 0 || addresses.length < read.length ? undefined : addresses;
}

/** What to look for in the directory, which knows no addresses: in most, `jeanne.roy@…` is called Jeanne Roy. */
export function searchedWords(typed: string): string {
  const [first, ...others] = typedAddresses(typed) ?? [];
  if (first === undefined || others.length > 0) return typed;
  return (first.name ?? first.email.slice(0, first.email.indexOf("@"))).replaceAll(/[._+\-\d]+/g, " ").trim();
}
