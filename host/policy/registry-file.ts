/**
 * The text that `reg export` writes (“Windows Registry Editor Version 5.00”), which unlike what `reg query` prints depends
 * neither on the language nor on the code page of the machine.
 */

export type RegistryValue = string | number | string[];
/** Values by name, of each key by its whole path. */
export type RegistryKeys = ReadonlyMap<string, ReadonlyMap<string, RegistryValue>>;

export function parseRegistryFile(text: string): RegistryKeys {
  const keys = new Map<string, Map<string, RegistryValue>>();
  let values = new Map<string, RegistryValue>();
  for (const line of unfold(text)) {
    const key = /^\[(?<path>.+)\]$/.exec(line)?.groups?.["path"];
    if (key !== undefined) {
      values = new Map();
      keys.set(key, values);
      continue;
    }
    const match = /^"(?<name>(?:[^"\\]|\\.)*)"=(?<value>.*)$/s.exec(line)?.groups;
    const value = match === undefined ? undefined : parseValue(match["value"] ?? "");
    if (match !== undefined && value !== undefined) values.set(unescape(match["name"] ?? ""), value);
  }
  return keys;
}

/** Long binary values go over several lines, each but the last with a backslash at its end. */
function unfold(text: string): string[] {
  return text
    .replace(/^\uFEFF/, "")
    .replaceAll("\r\n", "\n")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n");
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/g, "$1");
}

/** Undefined for kinds that no policy has. */
function parseValue(text: string): RegistryValue | undefined {
  const quoted = /^"(?<text>(?:[^"\\]|\\.)*)"$/s.exec(text)?.groups?.["text"];
  if (quoted !== undefined) return unescape(quoted);
  const number = /^dword:(?<hex>[0-9a-f]{1,8})$/i.exec(text)?.groups?.["hex"];
  if (number !== undefined) return Number.parseInt(number, 16);
  // REG_EXPAND_SZ (2) and REG_MULTI_SZ (7) come as the bytes of UTF-16.
  const bytes = /^hex\((?<kind>2|7)\):(?<hex>[0-9a-f,]*)$/i.exec(text)?.groups;
  if (bytes === undefined) return undefined;
  const decoded = Buffer.from((bytes["hex"] ?? "").replaceAll(",", ""), "hex").toString("utf16le");
  const texts = decoded.split("\0").filter((part) => part !== "");
  return bytes["kind"] === "7" ? texts : (texts[0] ?? "");
}
