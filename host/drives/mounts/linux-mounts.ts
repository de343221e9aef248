import type { Mounted } from "./mounted.ts";

const PROTOCOLS: Readonly<Record<string, Mounted["protocol"]>> = {
  cifs: "smb",
  smb3: "smb",
  smbfs: "smb",
  nfs: "nfs",
  nfs4: "nfs",
  "fuse.davfs": "webdav",
  davfs: "webdav",
  "fuse.rclone": "other",
  "fuse.sshfs": "other",
  "fuse.smbnetfs": "smb",
  "9p": "other",
  ceph: "other",
  "fuse.glusterfs": "other",
};

/** Of `/proc/self/mountinfo` (proc(5)): what lies on other machines. Undisturbed by lines of another form. */
export function parseMountInfo(text: string): Mounted[] {
  return text.split("\n").flatMap((line) => {
    const [own = "", theirs = ""] = line.split(" - ");
    const [type = "", source = ""] = theirs.split(" ");
    const protocol =
      PROTOCOLS[type] ?? (type.startsWith("fuse.") && !isSystemFuse(type) ? "other" : undefined);
    const folder = unescaped(own.split(" ")[4] ?? "");
    if (protocol === undefined || folder === "") return [];
    return [{ folder, protocol, share: shareOf(type, unescaped(source)) }];
  });
}

function isSystemFuse(type: string): boolean {
  return ["fuse.gvfsd-fuse", "fuse.portal", "fuse.lxcfs", "fuse.snapfuse", "fuse.fuse-overlayfs"].includes(
    type,
  );
}

function shareOf(type: string, source: string): string | null {
  if (/^https?:\/\//i.test(source)) return source;
  if (source.startsWith("//")) return `smb:${source}`;
  const remote = /^(?:[^@/]+@)?(\[[^\]]+\]|[^:/]+):(\/.*)?$/.exec(source);
  if (remote === null) return null;
  const [, host = "", path = "/"] = remote;
  if (type.startsWith("nfs")) return `nfs://${host}${path}`;
  return type === "fuse.sshfs" ? `sftp://${host}${path}` : null;
}

/** Spaces and the like stand as octal numbers there. */
function unescaped(text: string): string {
  return text.replaceAll(/(?:\\[0-7]{3})+/g, (run) =>
    Buffer.from(
      run
        .split("\\")
        .slice(1)
        .map((octal) => Number.parseInt(octal, 8)),
    ).toString("utf8"),
  );
}

/** Of the names in `/run/user/UID/gvfs`, each of which says what it is: `smb-share:server=nas,share=commun`. */
export function parseGvfsNames(folder: string, names: readonly string[]): Mounted[] {
  return names.flatMap((name): Mounted[] => {
    const [kind, rest] = splitOnce(name, ":");
    const facts = new Map(rest.split(",").map((fact) => splitOnce(fact, "=")));
    const get = (fact: string): string => safeDecode(facts.get(fact) ?? "");
    const place = { folder: `${folder}/${name}` };
    if (kind === "smb-share")
      return [{ ...place, protocol: "smb", share: `smb://${get("server")}/${encodePath(get("share"))}` }];
    if (kind === "dav") {
      const scheme = get("ssl") === "true" ? "davs" : "dav";
      const port = facts.has("port") ? `:${get("port")}` : "";
      const share = `${scheme}://${get("host")}${port}${encodePath(get("prefix"))}`;
      return [{ ...place, protocol: "webdav", share }];
    }
    if (kind === "sftp") return [{ ...place, protocol: "other", share: `sftp://${get("host")}/` }];
    if (kind === "nfs")
      return [{ ...place, protocol: "nfs", share: `nfs://${get("host")}${encodePath(get("prefix"))}` }];
    return kind === "" || rest === "" ? [] : [{ ...place, protocol: "other", share: null }];
  });
}

function splitOnce(text: string, sign: string): [string, string] {
  const at = text.indexOf(sign);
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
