import sax, { type QualifiedTag } from "sax";
import { DriveError } from "../drive-error.ts";

/** An element of WebDAV's answers, small ones alone: names as `{namespace}local`. */
export interface XmlElement {
  name: string;
  text: string;
  children: XmlElement[];
  /** By their local names; absent where there are none. */
  attributes?: Readonly<Record<string, string>>;
}

/** What one element may hold, unless more was asked for: properties are short. */
const MOST_TEXT = 64 * 1024;
const MOST_DEPTH = 40;
const MOST_CHILDREN = 2000;
/** Characters from the end of one child of the root to that of the next. */
const MOST_BETWEEN = 4_000_000;

/**
 * The children of the root of a document, each as soon as it has ended: an answer about 100,000 files is never in memory
 * whole. Entities of its own, and a document type with them, are refused (RFC 4918 section 20.6).
 * @throws DriveError damaged
 */
export async function* readElements(
  body: AsyncIterable<Uint8Array>,
  rootName: string,
  mostText = MOST_TEXT,
): AsyncGenerator<XmlElement> {
  const reader = new ElementReader(rootName, mostText);
  const decoder = new TextDecoder();
  for await (const bytes of body) {
    reader.write(decoder.decode(bytes, { stream: true }));
    yield* reader.take();
  }
  reader.end(decoder.decode());
  yield* reader.take();
}

class ElementReader {
  readonly #parser = sax.parser(true, { xmlns: true, position: false });
  readonly #rootName: string;
  readonly #mostText: number;
  readonly #open: XmlElement[] = [];
  #done: XmlElement[] = [];
  #since = 0;
  #hasEnded = false;

  constructor(rootName: string, mostText: number) {
    this.#rootName = rootName;
    this.#mostText = mostText;
    const parser = this.#parser;
    const text = (piece: string): void => this.#text(piece);
    Object.assign(parser, {
      onerror(error: Error) {
        throw damaged(error.message.split("\n")[0] ?? "");
      },
      ondoctype() {
        throw damaged("It has a document type, which no answer of WebDAV has.");
      },
      onopentag: (tag: QualifiedTag) => this.#begin(tag),
      onclosetag: () => this.#close(),
      ontext: text,
      oncdata: text,
    });
  }

  write(text: string): void {
    if (text === "") return;
    this.#since += text.length;
    this.#parser.write(text);
    if (this.#since > MOST_BETWEEN) throw damaged("One of its elements does not end.");
  }

  end(text: string): void {
    this.write(text);
    if (!this.#hasEnded) throw damaged("It ended too early.");
    this.#parser.close();
  }

  take(): XmlElement[] {
    const done = this.#done;
    this.#done = [];
    return done;
  }

  #begin({ uri, local, attributes }: QualifiedTag): void {
    const name = `{${uri}}${local}`;
    if (this.#open.length === 0 && name !== this.#rootName) throw damaged(`It is ${name}.`);
    if (this.#open.length > MOST_DEPTH) throw damaged("Its elements lie too deep in one another.");
    const known = Object.values(attributes).flatMap((one) =>
      typeof one === "string" ? [] : [[one.local, one.value] as const],
    );
    this.#open.push({
      name,
      text: "",
      children: [],
      ...(known.length === 0 ? {} : { attributes: Object.fromEntries(known) }),
    });
  }

  #text(text: string): void {
    const element = this.#open.at(-1);
    // Between the children of the root there is only white space.
    if (element === undefined || this.#open.length === 1) return;
    element.text += text;
    if (element.text.length > this.#mostText) throw damaged("A property is too long.");
  }

  #close(): void {
    const element = this.#open.pop();
    if (element === undefined) return;
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#hasEnded = true;
    else if (this.#open.length === 1) {
      this.#done.push(element);
      this.#since = 0;
    } else if (parent.children.push(element) > MOST_CHILDREN) throw damaged("It has too many elements.");
  }
}

export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

export function textOf(element: XmlElement | undefined): string {
  return element?.text.trim() ?? "";
}

export function dav(name: string): string {
  return `{DAV:}${name}`;
}

/** For the text of an element. */
export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function damaged(detail: string): DriveError {
  return new DriveError("damaged", { title: "The server's answer is not WebDAV", detail });
}
