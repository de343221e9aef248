import { crc32 } from "node:zlib";

export interface ZipEntry {
  name: string;
  data: string | Buffer;
}

/** 1 January 2026, as MS-DOS writes dates: the same bytes on every day. */
const DATE = ((2026 - 1980) << 9) | (1 << 5) | 1;
const UTF8_NAMES = 0x0800;

/** A ZIP whose entries are stored as they are (PKWARE APPNOTE 4.3): small texts are not worth packing. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of entries) {
    const bytes = typeof data === "string" ? Buffer.from(data) : data;
    const label = Buffer.from(name);
    const facts = factsOf(bytes, label);
    const local = Buffer.concat([number(0x04034b50, 4), number(20, 2), facts, number(0, 2), label, bytes]);
    central.push(
      Buffer.concat([
        number(0x02014b50, 4),
        number(20, 2),
        number(20, 2),
        facts,
        // Extra field, comment, disk, attributes.
        Buffer.alloc(12),
        number(offset, 4),
        label,
      ]),
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.concat([
    number(0x06054b50, 4),
    Buffer.alloc(4),
    number(entries.length, 2),
    number(entries.length, 2),
    number(directory.length, 4),
    number(offset, 4),
    number(0, 2),
  ]);
  return Buffer.concat([...locals, directory, end]);
}

/** From the flags to the length of the name, as both headers have them. */
function factsOf(bytes: Buffer, label: Buffer): Buffer {
  return Buffer.concat([
    number(UTF8_NAMES, 2),
    number(0, 2),
    number(0, 2),
    number(DATE, 2),
    number(crc32(bytes), 4),
    number(bytes.length, 4),
    number(bytes.length, 4),
    number(label.length, 2),
  ]);
}

function number(value: number, bytes: 2 | 4): Buffer {
  const buffer = Buffer.alloc(bytes);
  if (bytes === 2) buffer.writeUInt16LE(value);
  else buffer.writeUInt32LE(value);
  return buffer;
}
