/** What is used of the parser. Its published types bring in those of Node, which would change what the page's own types are. */
declare module "sax/lib/sax.js" {
  interface SaxParser {
    ondoctype: (doctype: string) => void;
    onerror: (error: Error) => void;
    onopentag: (tag: { name: string; attributes: Readonly<Record<string, string>> }) => void;
    onclosetag: (name: string) => void;
    ontext: (text: string) => void;
    oncdata: (text: string) => void;
    write: (text: string) => SaxParser;
    close: () => SaxParser;
  }
  export function parser(isStrict: boolean, options: { position: boolean }): SaxParser;
}
