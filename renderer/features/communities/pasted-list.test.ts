import { describe, expect, it } from "vitest";
import { decodeText } from "#renderer/kit/text-files.ts";
import { linesOf } from "./pasted-list.ts";

describe("a pasted list", () => {
  it("is one person a line, without blanks, doubles and the heading of a table", () => {
    const text =
      "Nom;Prénom;Courriel\r\nBerthier;Camille;camille@ville.test\n\n  Karim Benhaddou \nKarim Benhaddou";
    expect(linesOf(text)).toEqual(["Berthier;Camille;camille@ville.test", "Karim Benhaddou"]);
  });

  it("keeps apart the addresses that a mail program puts on one line", () => {
    expect(linesOf("Ada <ada@x.test>, Ben <ben@x.test>; cid@x.test")).toEqual([
      "Ada <ada@x.test>",
      "Ben <ben@x.test>",
      "cid@x.test",
    ]);
  });

  it("leaves a row of a table with two addresses whole", () => {
    expect(linesOf("Ada Lovelace;ada@x.test;ada@y.test")).toEqual(["Ada Lovelace;ada@x.test;ada@y.test"]);
  });

  it("reads files of older offices as well as UTF-8 ones", () => {
    expect(decodeText(new Uint8Array([0xe9, 0x6c, 0x75]))).toBe("élu");
    expect(decodeText(new TextEncoder().encode("élu"))).toBe("élu");
  });
});
