import { useState } from "react";
import { personScope, spaceScope } from "#contract/scope.ts";
import type { CommunityView } from "#contract/views/communities.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextArea } from "#renderer/ui/form.tsx";
import { Note } from "#renderer/ui/note.tsx";
import { standingOf } from "./community-words.ts";
import { useWho } from "./use-who.ts";

/** The one thing to do with a community from outside: open, join, ask to join, or take the request back. */
export function JoinControl({ item, isOnPage = false }: { item: CommunityView; isOnPage?: boolean }) {
  const { t } = useTranslation();
  const { isGuest } = useWho();
  const { write } = useWriter();
  const [isAsking, setAsking] = useState(false);
  const { space } = item;
  const standing = standingOf(item);
  if (standing === "member") {
    return isOnPage ? null : (
      <Button onPress={() => useView.getState().go("communities", space.id)}>{t("community.open")}</Button>
    );
  }
  if (isGuest || standing === "closed") return null;
  if (standing === "waiting") return <WithdrawButton item={item} />;
  if (standing === "open") {
    return (
      <Button
        tone="primary"
        onPress={() => void write("space.join", spaceScope(space.id), { spaceId: space.id })}
      >
        {t("spaces.join")}
      </Button>
    );
  }
  return (
    <>
      <Button tone={isOnPage ? "primary" : "plain"} onPress={() => setAsking(true)}>
        {t("request.join.ask")}
      </Button>
      {isAsking ? <AskDialog item={item} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function useOwnScope() {
  return useSession((session) => (session.me === null ? null : personScope(session.me.id)));
}

function WithdrawButton({ item: { space } }: { item: CommunityView }) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const mine = useOwnScope();
  const withdraw = () => {
    if (mine !== null) void write("joinRequest.withdraw", mine, { spaceId: space.id });
  };
  return <Button onPress={withdraw}>{t("request.join.withdraw")}</Button>;
}

/** A word to those who decide. */
function AskDialog({ item, onClose }: { item: CommunityView; onClose: () => void }) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const mine = useOwnScope();
  const show = useToasts((state) => state.show);
  const [note, setNote] = useState("");
  const { space, joinRequest } = item;
  const submit = async () => {
    const text = note.trim();
    if (mine === null) return;
    const isKept = await write("joinRequest.make", mine, {
      spaceId: space.id,
      ...(text === "" ? {} : { note: text }),
    });
    if (!isKept) return;
    show({ tone: "plain", text: t("request.join.sent", { name: space.name }) });
    onClose();
  };
  return (
    <Dialog title={t("request.join.title", { name: space.name })} onClose={onClose}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <DialogBody>
          {joinRequest?.state === "refused" ? (
            <Note>
              <p>{t("request.join.refusedBefore")}</p>
              {joinRequest.reason === undefined ? null : (
                <p>
                  <q>{joinRequest.reason}</q>
                </p>
              )}
            </Note>
          ) : null}
          <TextArea
            label={t("request.join.note")}
            hint={t("request.join.noteHint")}
            value={note}
            onChange={setNote}
            maxLength={1000}
          />
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit">
              {t("request.join.send")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}
