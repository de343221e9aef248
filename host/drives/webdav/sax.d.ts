/** What is used of `sax`: the types that are published for it bring those of Node, which pages do not have. */
declare module "sax" {
  export interface QualifiedTag {
    name: string;
    /** Of its name, with namespaces. */
    local: string;
    prefix: string;
    uri: string;
    attributes: Record<string, string | { local: string; prefix: string; uri: string; value: string }>;
    isSelfClosing: boolean;
  }

  export interface SAXParser {
    onerror: (error: Error) => void;
    ondoctype: (doctype: string) => void;
    ontext: (text: string) => void;
    oncdata: (text: string) => void;
    onopentag: (tag: QualifiedTag) => void;
    onclosetag: (name: string) => void;
    write: (text: string) => SAXParser;
    close: () => SAXParser;
  }

  export function parser(
    isStrict: boolean,
    options?: { xmlns?: boolean; position?: boolean; strictEntities?: boolean },
  ): SAXParser;

  const sax: { parser: typeof parser };
  export default sax;
}
