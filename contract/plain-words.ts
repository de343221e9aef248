/** What CommonMark writes around words goes; what cannot be told from words stays. For excerpts, on both sides. */
export function withoutMarks(markdown: string): string {
  return markdown
    .replaceAll(/^ {0,3}(?:```.*|~~~.*|#{1,6} |> ?|[-*+] |\d{1,9}[.)] )/gm, "")
    .replaceAll(/!?\[([^\]\n]{0,300})\]\([^)\s]{0,8000}\)/g, "$1")
    .replaceAll(/parvis:\/\/\S+/g, "🔗")
    .replaceAll(/\*\*|__|~~|`/g, "")
    .replaceAll(/(^|\s)[*_](\S[^*_\n]*)[*_](?=$|[\s.,;:!?])/gm, "$1$2");
}
