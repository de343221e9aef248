import type { LibraryItem } from "#contract/entities/library.ts";

/** Strong (RFC 9110 section 8.8.3): another with every content that a file is given, the same under every name. */
export function contentEtag({
  content,
  version,
}: Pick<LibraryItem, "content" | "version">): string | undefined {
  return content === undefined ? undefined : `"${content.sha256.slice(0, 32)}-${version ?? 1}"`;
}
