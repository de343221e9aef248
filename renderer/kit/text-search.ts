/** A place in the text of a block: which of its pieces, and where in it. */
export interface TextPlace {
  piece: number;
  offset: number;
}

export interface TextMatch {
  start: TextPlace;
  end: TextPlace;
}

/**
 * Where `wanted` stands in a block of text that lies in several pieces (a bold word, a link): accents and, unless wanted,
 * capitals make no difference, and neither does how much space stands between words.
 */
export function searchText(pieces: readonly string[], wanted: string, isCaseSensitive: boolean): TextMatch[] {
  const needle = fold(wanted, isCaseSensitive);
  if (needle.trim() === "") return [];
  const folded = pieces.map((piece) => fold(piece, isCaseSensitive));
  const whole = folded.join("");
  const matches: TextMatch[] = [];
  for (let at = whole.indexOf(needle); at !== -1; at = whole.indexOf(needle, at + needle.length)) {
    matches.push({ start: placeOf(folded, at, false), end: placeOf(folded, at + needle.length, true) });
  }
  return matches;
}

/** Letter by letter, so that places stay what they were. */
function fold(text: string, isCaseSensitive: boolean): string {
  return Array.from({ length: text.length }, (_, index) =>
    foldLetter(text.charAt(index), isCaseSensitive),
  ).join("");
}

function foldLetter(letter: string, isCaseSensitive: boolean): string {
  const [base = letter] = letter.normalize("NFD");
  const plain = /\s/u.test(base) ? " " : base;
  const small = isCaseSensitive ? plain : plain.toLowerCase();
  return small.length === letter.length ? small : letter;
}

/** `isEnd`: a match that ends with a piece ends in it, not before the next. */
function placeOf(pieces: readonly string[], at: number, isEnd: boolean): TextPlace {
  let before = 0;
  for (const [piece, text] of pieces.entries()) {
    const isHere = isEnd ? at <= before + text.length : at < before + text.length;
    if (isHere) return { piece, offset: at - before };
    before += text.length;
  }
  return { piece: Math.max(0, pieces.length - 1), offset: pieces.at(-1)?.length ?? 0 };
}
