import { expect, test } from "vitest";
import { meetingAddress } from "./meeting-address.ts";

test("a room has the title in its name, is never the same twice, and its address is one", () => {
  const template = "https://visio.ville.example/{id}?lang=fr";
  const first = meetingAddress(template, '  Réunion d’équipe : été / hiver & "100 %" ');
  expect(first).toMatch(
    /^https:\/\/visio\.ville\.example\/reunion-d-equipe-ete-hiver-100-[0-9a-f]{32}\?lang=fr$/,
  );
  expect(meetingAddress(template, "Point")).not.toBe(meetingAddress(template, "Point"));
  expect(meetingAddress(template, "日本語")).toMatch(/example\/[0-9a-f]{32}\?/);
  expect(URL.canParse(meetingAddress(template, "x".repeat(5000)))).toBe(true);
});
