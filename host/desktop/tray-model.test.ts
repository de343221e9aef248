import { expect, test } from "vitest";
import { accountIdSchema } from "#contract/bridge.ts";
import { UNTIL_TURNED_OFF } from "#contract/desktop/attention.ts";
import type { Overall } from "../attention/attention-model.ts";
import { barOf, iconFile, tomorrowMorning, trayModel, trayState, type TrayItem } from "./tray-model.ts";
import { trayWordingFor } from "./tray-wording.ts";

const id = accountIdSchema.parse("a");
const nowMs = new Date(2026, 10, 23, 14, 30).getTime();
const calm: Overall = {
  connection: "connected",
  unread: 0,
  mentions: 0,
  waiting: 0,
  isQuiet: false,
  doNotDisturbUntil: null,
  recent: [],
  accountIds: [id],
  held: 0,
  offline: 0,
};
const usual = { accountCount: 1, isLocked: false, isContentShown: true, nowMs };
const fr = trayWordingFor("fr", "en");

function modelOf(overall: Partial<Overall> = {}, input: Partial<typeof usual> = {}) {
  return trayModel({ ...usual, ...input, overall: { ...calm, ...overall } }, fr);
}

function state(overall: Partial<Overall>, accountCount = 1) {
  return trayState({ overall: { ...calm, ...overall }, accountCount, isLocked: false });
}

function labels(items: readonly TrayItem[]): string[] {
  return items.flatMap((item) => (item.kind === "separator" ? [] : [item.label]));
}

function find(items: readonly TrayItem[], label: string): TrayItem | undefined {
  for (const item of items) {
    if (item.kind === "separator") continue;
    if (item.label.startsWith(label)) return item;
    const within = item.kind === "menu" ? find(item.items, label) : undefined;
    if (within !== undefined) return within;
  }
  return undefined;
}

test("what is most worth knowing is the icon: no connection, then quiet, then a mention, then anything unread", () => {
  expect(state({})).toBe("connected");
  expect(state({ unread: 3 })).toBe("unread");
  expect(state({ unread: 3, mentions: 1 })).toBe("mention");
  expect(state({ unread: 3, mentions: 1, isQuiet: true })).toBe("doNotDisturb");
  expect(state({ mentions: 1, isQuiet: true, connection: "offline" })).toBe("offline");
  expect(state({}, 0)).toBe("offline");
});

test("the tooltip says what waits and whether all is here", () => {
  expect(modelOf({ unread: 5, mentions: 2 }).tooltip).toBe(
    "Parvis\n5 éléments pour vous, dont 2 à traiter\nConnecté, à jour",
  );
  expect(modelOf({ connection: "offline", waiting: 1, offline: 1 }).tooltip).toBe(
    "Parvis\nHors ligne · 1 envoi en attente",
  );
  expect(modelOf({ offline: 1 }).tooltip).toContain("Un espace de travail hors ligne");
});

test("the last things lead to what they are about, short and without menu marks", () => {
  const link = "parvis://conversation/01890000-0000-7000-8000-000000000001";
  const title = `Anne & Karim\nvous écrivent — ${"très ".repeat(30)}long`;
  const { items } = modelOf({
    recent: [{ accountId: id, title, link, at: new Date(2026, 10, 23, 9, 5).toISOString() }],
  });
  const item = find(items, "Anne && Karim vous écrivent");
  expect(item).toMatchObject({ action: { kind: "target", target: { accountId: id, link } } });
  expect(item !== undefined && "label" in item ? item.label : "").toMatch(/… · 09:05$/);
});

test("a meeting of which one was just reminded is joined first, and no longer hours after", () => {
  const conference = "https://visio.example.org/point";
  const link = "parvis://space/x";
  const remindedAt = (time: string) => ({
    accountId: id,
    title: "Rappel — Point",
    link,
    at: time,
    conference,
  });
  const recent = [remindedAt(new Date(2026, 10, 23, 14, 20).toISOString())];
  const { items } = modelOf({ recent });
  expect(items[2]).toEqual({
    kind: "action",
    label: "Rejoindre : Rappel — Point",
    action: { kind: "join", address: conference },
  });
  expect(labels(modelOf({ recent }, { isContentShown: false }).items)).toContain("Rejoindre la réunion");
  const before = [remindedAt(new Date(2026, 10, 23, 12, 20).toISOString())];
  expect(find(modelOf({ recent: before }).items, "Rejoindre")).toBeUndefined();
});

test("where content is hidden from notifications, the tray says nothing of it either", () => {
  const recent = [
    {
      accountId: id,
      title: "Plan de licenciement",
      link: "parvis://space/x",
      at: "2026-11-23T08:00:00.000Z",
    },
  ];
  const { items } = modelOf({ recent }, { isContentShown: false });
  expect(labels(items).join("\n")).not.toContain("licenciement");
  expect(find(items, "Un nouvel élément")).toBeDefined();
});

test("behind the lock there is nothing but opening and quitting", () => {
  const recent = [
    { accountId: id, title: "Secret", link: "parvis://space/x", at: "2026-11-23T08:00:00.000Z" },
  ];
  expect(labels(modelOf({ recent, unread: 1, mentions: 1 }, { isLocked: true }).items)).toEqual([
    "Afficher Parvis",
    "Parvis est verrouillé",
    "Quitter Parvis",
  ]);
});

test("do not disturb has its four ends, and says when it is over", () => {
  const { items } = modelOf();
  const until = (label: string) => {
    const item = find(items, label);
    if (item?.kind !== "action" || item.action.kind !== "command") throw new Error(`no command ${label}`);
    return item.action.command.kind === "doNotDisturb" ? item.action.command.until : undefined;
  };
  expect(until("Pendant 30 minutes")).toBe(new Date(nowMs + 1_800_000).toISOString());
  expect(until("Pendant 1 heure")).toBe(new Date(nowMs + 3_600_000).toISOString());
  expect(until("Jusqu’à demain")).toBe(new Date(2026, 10, 24, 9, 0).toISOString());
  expect(until("Jusqu’à ce que")).toBe(UNTIL_TURNED_OFF);
  expect(find(items, "Reprendre")).toBeUndefined();
  const quiet = modelOf({ isQuiet: true, doNotDisturbUntil: new Date(nowMs + 3_600_000).toISOString() });
  expect(find(quiet.items, "En pause jusqu’à 15:30")).toBeDefined();
  const far = modelOf({ isQuiet: true, doNotDisturbUntil: new Date(2026, 10, 25, 9, 0).toISOString() });
  expect(find(far.items, "En pause jusqu’au mer. 25 nov.")).toBeDefined();
  expect(find(quiet.items, "Reprendre")).toMatchObject({
    action: { command: { kind: "doNotDisturb", until: null } },
  });
  const endless = modelOf({ isQuiet: true, doNotDisturbUntil: UNTIL_TURNED_OFF });
  expect(find(endless.items, "En pause jusqu’à nouvel ordre")).toBeDefined();
});

test("quiet hours, which the person did not choose here, offer nothing that would not end them", () => {
  expect(find(modelOf({ isQuiet: true }).items, "Reprendre")).toBeUndefined();
});

test("tomorrow morning is nine o’clock, also where a clock is put forward", () => {
  expect(new Date(tomorrowMorning(nowMs)).getHours()).toBe(9);
  expect(new Date(tomorrowMorning(new Date(2027, 2, 27, 23, 0).getTime())).getHours()).toBe(9);
});

test("each bar has its picture; macOS tints one for both, and GNOME’s bar is dark", () => {
  expect(iconFile("mention", "linux", barOf("linux", false, "KDE"))).toBe("mention-light.png");
  expect(iconFile("mention", "linux", barOf("linux", false, "ubuntu:GNOME"))).toBe("mention-dark.png");
  expect(iconFile("unread", "win32", barOf("win32", true, undefined))).toBe("unread-dark.ico");
  expect(iconFile("offline", "darwin", "dark")).toBe("offlineTemplate.png");
});

function ticked(overall: Partial<Overall>): string[] {
  const within = (items: readonly TrayItem[]): string[] =>
    items.flatMap((item) => {
      if (item.kind === "menu") return within(item.items);
      return item.kind === "action" && item.isOn === true ? [item.label] : [];
    });
  return within(modelOf(overall).items);
}

test("the choice that is made is ticked; where accounts differ, none is", () => {
  expect(ticked({})).toEqual([]);
  expect(ticked({ presence: null })).toEqual(["Automatique"]);
  expect(ticked({ presence: "busy", doNotDisturbUntil: UNTIL_TURNED_OFF })).toEqual([
    "Occupé",
    "Jusqu’à ce que je le désactive",
  ]);
  const tomorrow = new Date(tomorrowMorning(nowMs)).toISOString();
  expect(ticked({ doNotDisturbUntil: tomorrow })).toEqual(["Jusqu’à demain 9 h"]);
});
