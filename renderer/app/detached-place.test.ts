import { afterEach, expect, test } from "vitest";
import { conversationIdSchema, createId } from "#contract/ids.ts";
import { formatLink } from "#contract/links.ts";
import { resetView, useView } from "#renderer/kit/view-store.ts";
import { keepToPlace } from "./detached-place.ts";

const conversationId = conversationIdSchema.parse(createId());
let stop = () => undefined as void;
afterEach(() => {
  stop();
  resetView();
});

function openAlone(): string[] {
  const handedOver: string[] = [];
  useView.getState().openConversation(conversationId);
  stop = keepToPlace((link) => handedOver.push(link));
  return handedOver;
}

test("places without an object are handed over as well, and the window stays with its own", () => {
  const handedOver = openAlone();
  const { go } = useView.getState();
  go("messaging", "saved");
  go("messaging", "threads");
  go("inbox");
  go("feed");
  expect(handedOver).toEqual(["parvis://saved", "parvis://threads", "parvis://inbox", "parvis://feed"]);
  expect(useView.getState()).toMatchObject({ module: "messaging", path: [], conversationId });
});

test("another conversation is handed over", () => {
  const handedOver = openAlone();
  const other = conversationIdSchema.parse(createId());
  useView.getState().openConversation(other);
  expect(handedOver).toEqual([formatLink({ kind: "conversation", conversationId: other })]);
  expect(useView.getState().conversationId).toBe(conversationId);
});
