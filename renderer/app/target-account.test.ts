import { expect, test } from "vitest";
import { accountIdSchema } from "#contract/account.ts";
import type { Account } from "#contract/bridge.ts";
import { createId } from "#contract/ids.ts";
import { formatLink } from "#contract/links.ts";
import { placeOfTarget } from "./target-account.ts";

function account(id: string, serverUrl: string, state: Account["state"] = "signedIn"): Account {
  return {
    id: accountIdSchema.parse(id),
    serverUrl,
    name: id,
    isEmbedded: id === "embedded",
    personId: null,
    state,
  };
}

const demonstration = account("embedded", "http://127.0.0.1:4000");
const left = account("left", "https://town.example", "signedOut");
const town = account("town", "https://town.example");
const port = account("port", "https://town.example:8443");
const accounts = [demonstration, left, town, port];
const to = (at: string | null) => ({ link: formatLink({ kind: "article", articleId: createId() }, at) });

test("without a workplace it is the account that is shown", () => {
  expect(placeOfTarget(to(null), port, accounts)).toEqual({ kind: "here" });
});

test("a workplace that is here is gone to: the shown account first, then one that is signed in", () => {
  expect(placeOfTarget(to("town.example"), left, accounts)).toEqual({ kind: "here" });
  expect(placeOfTarget(to("town.example"), port, accounts)).toEqual({ kind: "account", account: town });
  expect(placeOfTarget(to("town.example"), port, [left, port])).toEqual({ kind: "account", account: left });
  expect(placeOfTarget(to("town.example:8443"), town, accounts)).toEqual({ kind: "account", account: port });
});

test("one that is not here is said to be missing; the demonstration is nobody's workplace", () => {
  const missing = { kind: "missing", workplace: "elsewhere.example" };
  expect(placeOfTarget(to("elsewhere.example"), town, accounts)).toEqual(missing);
  expect(placeOfTarget(to("127.0.0.1:4000"), town, accounts).kind).toBe("missing");
  expect(placeOfTarget(to("127.0.0.1:4000"), demonstration, accounts).kind).toBe("missing");
});

test("an account that is named counts before the address", () => {
  const target = { accountId: town.id, ...to("elsewhere.example") };
  expect(placeOfTarget(target, port, accounts)).toEqual({ kind: "account", account: town });
});
