import { describe, expect, it } from "vitest";
import { personIdSchema } from "#contract/ids.ts";
import { convertMrkdwn } from "./mrkdwn.ts";

const ada = personIdSchema.parse("0190a000-0000-7000-8000-000000000001");
const convert = (text: string) => convertMrkdwn(text, (id) => (id === "U1" ? ada : undefined));

describe("Slack's marks become CommonMark", () => {
  it.each([
    ["*gras* et _italique_ et ~barré~", "**gras** et _italique_ et ~~barré~~"],
    ["<https://a.example/x?y=1&amp;z=2|la page>", "[la page](<https://a.example/x?y=1&z=2>)"],
    ["<https://a.example>", "<https://a.example>"],
    ["<mailto:a@b.example|a@b.example>", "[a@b.example](<mailto:a@b.example>)"],
    ["1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"],
    ["voir <#C12|general>", "voir \\#general"],
    [":wave: :wave::skin-tone-3: :inconnu:", "👋 👋🏼 :inconnu:"],
    ["rm *.deb", "rm \\*.deb"],
    ["# pas un titre", "\\# pas un titre"],
    ["C:\\*", "C:\\\\\\*"],
    ["&lt;script&gt;alert(1)&lt;/script&gt;", "\\<script>alert(1)\\</script>"],
    ["`*brut* &amp; <https://a.example>`", "`*brut* & https://a.example`"],
    ["&gt; cité", "> cité"],
    ["a\u0000b\ud800", "ab\ufffd"],
  ])("%j", (slack, commonMark) => {
    expect(convert(slack).body).toBe(commonMark);
  });

  it("puts a fence on lines of its own", () => {
    expect(convert("voici ```a\n*b*``` fin").body).toBe("voici \n```\na\n*b*\n```\n fin");
  });

  it("names the people and everyone mentioned, once each", () => {
    const { body, mentions } = convert("<@U1> <@U1|ada> <!here> <!channel> <@U9|zoé>");
    expect(body).toBe(`<@${ada}> <@${ada}> <!everyone> <!everyone> @zoé`);
    expect(mentions).toEqual([{ kind: "person", personId: ada }, { kind: "everyone" }]);
  });

  it("never takes typed text for a mention", () => {
    expect(convert(`&lt;@${ada}&gt;`)).toEqual({ body: `\\<@${ada}>`, mentions: [] });
  });
});
