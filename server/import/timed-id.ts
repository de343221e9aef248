import { createHash } from "node:crypto";

/**
 * An id in the shape of a UUIDv7 (RFC 9562 section 5.7) that the same source always gets again: 48 bits of time, 12 bits
 * of order within the millisecond, the rest from a hash of `key`. Ids so made sort as their messages do.
 */
export function timedId(epochMs: number, order: number, key: string): string {
  const bytes = Buffer.alloc(16);
  createHash("sha256").update(key).digest().copy(bytes, 8, 0, 8);
  bytes.writeUIntBE(Math.max(0, epochMs), 0, 6);
  bytes.writeUInt16BE(0x7000 | (order & 0x0fff), 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
