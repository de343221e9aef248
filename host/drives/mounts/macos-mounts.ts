import type { Mounted } from "./mounted.ts";

const PROTOCOLS: Readonly<Record<string, Mounted["protocol"]>> = {
  smbfs: "smb",
  nfs: "nfs",
  webdav: "webdav",
  afpfs: "other",
  macfuse: "other",
  osxfuse: "other",
};

/** Of what `mount` prints: `SOURCE on FOLDER (TYPE, …)`. */
export function parseMacMounts(text: string): Mounted[] {
  return text.split("\n").flatMap((line) => {
    const match = /^(.+?) on (\/.*) \((\w+)(?:[,)].*)$/.exec(line);
    const [, source = "", folder = "", type = ""] = match ?? [];
    const protocol = PROTOCOLS[type];
    return protocol === undefined ? [] : [{ folder, protocol, share: shareOf(type, source) }];
  });
}

function shareOf(type: string, source: string): string | null {
  if (/^https?:\/\//i.test(source)) return source;
  if (source.startsWith("//")) {
    const plain = source.replace(/^\/\/[^/]*@/, "//");
    return type === "smbfs" ? `smb:${plain}` : `afp:${plain}`;
  }
  const remote = /^([^:/]+):(\/.*)$/.exec(source);
  return type === "nfs" && remote !== null ? `nfs://${remote[1] ?? ""}${remote[2] ?? ""}` : null;
}
