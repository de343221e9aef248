import { parser as createParser } from "sax/lib/sax.js";
import { LIMITS, ReadRefused } from "./read-answer.ts";

export interface XmlHandler {
  /** `name` and attributes without their prefix, which programs choose as they like. */
  open?: (name: string, attributes: ReadonlyMap<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
  /** Enough was read. */
  isDone?: () => boolean;
}

/** Small enough that being done is noticed soon. */
const STEP = 65_536;

/**
 * Reads XML as a stream, piece by piece. A document type is refused: with it go entities of one's own, those that grow and
 * those that name other files. Office formats have none.
 * @throws ReadRefused
 */
export function readXml(bytes: Uint8Array, handler: XmlHandler): void {
  const xml = decodeXml(bytes);
  const parser = createParser(true, { position: false });
  let depth = 0;
  parser.ondoctype = () => {
    throw new ReadRefused("damaged");
  };
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- no event target
  parser.onerror = (error) => {
    throw error;
  };
  parser.onopentag = ({ name, attributes }) => {
    depth += 1;
    if (depth > LIMITS.depth) throw new ReadRefused("bomb");
    // Under its whole name too, for the few that differ by their prefix alone.
    const plain = new Map(
      Object.entries(attributes).flatMap(([key, value]): [string, string][] => {
        return [
          [local(key), value],
          [key, value],
        ];
      }),
    );
    handler.open?.(local(name), plain);
  };
  parser.onclosetag = (name) => {
    depth -= 1;
    handler.close?.(local(name));
  };
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the same
  parser.ontext = (text) => handler.text?.(text);
  parser.oncdata = (text) => handler.text?.(text);
  try {
    for (let at = 0; at < xml.length; at += STEP) {
      parser.write(xml.slice(at, at + STEP));
      if (handler.isDone?.() === true) return;
    }
    parser.close();
  } catch (error) {
    if (error instanceof ReadRefused) throw error;
    throw new ReadRefused("damaged");
  }
}

function decodeXml(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
}

function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** The link of a part to another (`r:id`), beside which an `id` of its own may stand. */
export function linkId(attributes: ReadonlyMap<string, string>): string {
  for (const [name, value] of attributes) if (name.endsWith(":id")) return value;
  return attributes.get("id") ?? "";
}
