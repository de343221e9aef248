import { drivePathSchema, TOP, type DrivePath } from "#contract/drives.ts";

/** Addresses of one WebDAV drive: everything lies under its base. */
export class DavUrls {
  readonly base: URL;
  readonly #basePath: string;

  /** @param address `https:` address of the top, with or without a slash at its end */
  constructor(address: string) {
    this.base = new URL(address.endsWith("/") ? address : `${address}/`);
    this.#basePath = decodePath(this.base.pathname) ?? this.base.pathname;
  }

  /** A folder's has a slash at its end, which some servers insist on (RFC 4918 section 5.2). */
  of(path: DrivePath, isFolder = false): string {
    if (path === TOP) return this.base.href;
    const names = path.split("/").map(encodeName).join("/");
    return `${this.base.href}${names}${isFolder ? "/" : ""}`;
  }

  /**
   * Undefined for what lies elsewhere, or cannot be named. Scheme and port may be others: a server behind a proxy knows
   * those of its own side, and nothing is ever asked at an address that an answer names.
   */
  pathOf(href: string): DrivePath | undefined {
    const url = URL.parse(href, this.base.href);
    if (url === null || url.hostname !== this.base.hostname) return undefined;
    const pathname = decodePath(url.pathname);
    if (pathname === undefined) return undefined;
    if (`${pathname}/` === this.#basePath) return TOP;
    if (!pathname.startsWith(this.#basePath)) return undefined;
    const rest = pathname.slice(this.#basePath.length).replace(/\/$/, "");
    return drivePathSchema.safeParse(rest).data;
  }

  /** Where a redirection may lead: within the drive. */
  isWithin(url: URL): boolean {
    return (
      url.origin === this.base.origin && url.username === "" && url.pathname.startsWith(this.base.pathname)
    );
  }
}

function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
}

/** A slash within a name is no name; bytes that are no UTF-8 cannot be shown, nor asked for again. */
function decodePath(pathname: string): string | undefined {
  if (/%2f/i.test(pathname)) return undefined;
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}
