import { describe, expect, test } from "vitest";
import {
  decodeMentions,
  encodeMentions,
  mentionsIn,
  namedChannel,
  namedGroup,
  namedPerson,
} from "./mentions.ts";

const id = (last: number) => `018f0000-0000-7000-8000-00000000000${last}`;
const anneLam = namedPerson({ id: id(1), displayName: "Anne Lam" });
const anneLambert = namedPerson({ id: id(2), displayName: "Anne Lambert" });
const office = namedGroup({ id: id(3), name: "Secrétariat" });
const works = namedChannel({ conversationId: id(4), name: "travaux" });
const words = { everyone: "tous", here: "ici" };

describe("mentions", () => {
  test("travel as ids, the longer name first", () => {
    expect(encodeMentions("@Anne Lambert et @Anne Lam, @tous", [anneLam, anneLambert], words)).toBe(
      `${anneLambert.token} et ${anneLam.token}, <!everyone>`,
    );
  });

  test("are people, groups, channels, everyone and those who are there; what comes back is what was written", () => {
    const text = "@ici : @Secrétariat voit #travaux avec @Anne Lam et @tous";
    const named = [anneLam, office, works];
    const body = encodeMentions(text, named, words);
    expect(body).toBe(`<!here> : <!group:${id(3)}> voit <#${id(4)}> avec <@${id(1)}> et <!everyone>`);
    expect(decodeMentions(body, named, words)).toBe(text);
    expect(mentionsIn(body)).toEqual([
      { kind: "here" },
      { kind: "group", groupId: id(3) },
      { kind: "person", personId: id(1) },
      { kind: "everyone" },
    ]);
  });

  test("keep the id of a stranger", () => {
    expect(decodeMentions(`<@${id(9)}>`, [anneLam], words)).toBe(`<@${id(9)}>`);
  });

  test("understand both languages, and make nothing of a longer word or of an address", () => {
    expect(encodeMentions("@everyone @here", [], words)).toBe("<!everyone> <!here>");
    expect(encodeMentions("@toussaint @ici.fr moi@tous", [], words)).toBe("@toussaint @ici.fr moi@tous");
  });
});
