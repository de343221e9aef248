/** But for the one that joins emoji: characters that turn the direction of what follows or cannot be seen: used to make a name look like another. */
const TRICKS = /[[\p{Cc}\p{Cf}]--[\u200d]]/gv;

/** A name or a link's words without what would make them read otherwise than they are. */
export function plainWords(text: string): string {
  return text.replaceAll(TRICKS, "");
}

/**
 * The host to show beside a link's words, in the letters that travel (`xn--…`); null when the words are the address
 * itself and hide nothing.
 */
export function hostToShow(words: string, url: string): string | null {
  const target = URL.parse(url);
  if (target === null) return null;
  if (target.protocol === "mailto:") {
    const address = decodeMail(target.pathname);
    return words.trim().replace(/^mailto:/i, "") === address ? null : address;
  }
  const isPlain =
    target.username === "" &&
    target.password === "" &&
    saysHost(words.trim(), target) &&
    words === plainWords(words);
  return isPlain ? null : target.host;
}

function decodeMail(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}

/** Whether the words begin with this very host, letter for letter, and with nothing before it but the scheme. */
function saysHost(words: string, target: URL): boolean {
  const rest = words.replace(/^https?:\/\//i, "").toLowerCase();
  if (!rest.startsWith(target.host)) return false;
  return rest.length === target.host.length || "/?#".includes(rest.charAt(target.host.length));
}
