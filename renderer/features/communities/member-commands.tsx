import { CalendarClock, Crown, ShieldCheck, ShieldOff, UserMinus } from "lucide-react";
import { useState, type ReactNode } from "react";
import { spaceScope } from "#contract/scope.ts";
import type { CommunityMember } from "#contract/views/communities.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import type { Command } from "#renderer/ui/menu.tsx";
import { AccessEndDialog } from "./access-end-dialog.tsx";
import type { OpenCommunity } from "./space-page.tsx";

/** What an animator can do with a member: their role, their leaving, handing the space over to them. */
export function useMemberCommands(
  member: CommunityMember,
  { view, canManage, animators }: OpenCommunity,
): { commands: Command[]; dialog: ReactNode } {
  const { t } = useTranslation();
  const { setRole, remove, transfer } = useMemberWrites(member, view.space.id);
  const [asked, setAsked] = useState<"remove" | "transfer" | "access" | null>(null);
  const { role } = member.membership;
  const name = member.person?.displayName ?? t("person.unknown");
  const close = () => setAsked(null);
  const commands: Command[] = [];
  if (canManage && view.space.archivedAt === undefined) {
    const isLast = role === "animator" && animators.length === 1;
    if (role === "member") {
      const label = t("community.members.makeAnimator");
      commands.push({ id: "animator", icon: ShieldCheck, label, run: () => setRole("animator") });
    }
    if (role === "animator" && !isLast) {
      const label = t("community.members.makeMember");
      commands.push({ id: "member", icon: ShieldOff, label, run: () => setRole("member") });
    }
    if (role !== "guest" && !member.isMe && view.role === "animator") {
      const label = t("community.members.transfer");
      commands.push({ id: "transfer", icon: Crown, label, run: () => setAsked("transfer") });
    }
    if (role === "guest") {
      const label = t("guest.changeAccess");
      commands.push({ id: "access", icon: CalendarClock, label, run: () => setAsked("access") });
    }
    if (!member.isMe && !isLast) {
      const label = t("community.members.remove");
      const run = () => setAsked("remove");
      commands.push({ id: "remove", icon: UserMinus, label, run, isDanger: true, isApart: true });
    }
  }
  const dialog =
    asked === null ? null : asked === "access" ? (
      <AccessEndDialog member={member} onClose={close} />
    ) : asked === "remove" ? (
      <ConfirmDialog
        title={t("community.members.removeTitle", { name, space: view.space.name })}
        action={t("community.members.remove")}
        onClose={close}
        onConfirm={remove}
      >
        <p>{role === "guest" ? t("community.members.removeGuest") : t("community.members.removeHint")}</p>
      </ConfirmDialog>
    ) : (
      <ConfirmDialog
        title={t("community.members.transferTitle", { name, space: view.space.name })}
        action={t("community.members.transfer")}
        tone="primary"
        onClose={close}
        onConfirm={transfer}
      >
        <p>{t("community.members.transferHint", { name })}</p>
      </ConfirmDialog>
    );
  return { commands, dialog };
}

function useMemberWrites(
  { membership, person }: CommunityMember,
  spaceId: OpenCommunity["view"]["space"]["id"],
) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const show = useToasts((state) => state.show);
  const { personId, role } = membership;
  const name = person?.displayName ?? t("person.unknown");
  const scope = spaceScope(spaceId);
  const put = (wanted: typeof role) => write("membership.set", scope, { spaceId, personId, role: wanted });
  const undo = () => ({ label: t("action.undo"), run: () => void put(role) });
  const said = (isKept: boolean, text: string) => {
    if (isKept) show({ tone: "plain", text, ...(role === "guest" ? {} : { action: undo() }) });
  };
  return {
    setRole: (wanted: "animator" | "member") =>
      void put(wanted).then((isKept) => said(isKept, t(`community.members.became.${wanted}`, { name }))),
    remove: () =>
      void write("membership.remove", scope, { spaceId, personId }).then((isKept) =>
        said(isKept, t("community.members.removed", { name })),
      ),
    transfer: () => void write("space.transfer", scope, { spaceId, personId }),
  };
}
