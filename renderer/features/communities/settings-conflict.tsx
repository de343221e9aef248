import { useState } from "react";
import type { MutationArgs } from "#contract/mutations.ts";
import type { Scope } from "#contract/scope.ts";
import type { RefusedChange } from "#contract/views/communities.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import { useReportProblem } from "#renderer/parts/use-commands.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Choices } from "#renderer/ui/field.tsx";
import { CopyButton, Note, ProblemNote } from "#renderer/ui/note.tsx";
import { useFieldWords } from "./field-words.ts";
import { conflictsOf, remade, type FieldConflict } from "./space-edits.ts";

type Name = "space.update" | "organisation.save";

interface SettingsConflictProps<N extends Name> {
  change: RefusedChange;
  name: N;
  scope: Scope;
  /** What the command names besides the change. */
  target: Omit<MutationArgs<N>, "base" | "changes">;
}

/** Somebody else changed the same field, or the server refused: both texts, field by field, and a choice. */
export function SettingsConflict<N extends Name>(props: SettingsConflictProps<N>) {
  const { change, name, scope, target } = props;
  const { t } = useTranslation();
  const client = useWorker();
  const report = useReportProblem();
  const { write } = useWriter();
  const { current } = change;
  const conflicts = conflictsOf(change, current ?? change.base);
  const contested = conflicts.filter(({ isContested }) => isContested);
  const [theirsKept, setTheirsKept] = useState<ReadonlySet<string>>(new Set());
  const discard = () =>
    client.call("outbox.discard", { mutationId: change.mutationId }).then((result) => {
      if (!result.ok) report(result.error);
    });
  const save = async () => {
    const kept = new Set(conflicts.map(({ field }) => field).filter((field) => !theirsKept.has(field)));
    const edits = remade(conflicts, kept);
    // The new write is on disk before the old one goes: nothing can be lost in between.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the command's own fields with a change
    const args = { ...target, ...edits } as MutationArgs<N>;
    const isKept = Object.keys(edits.changes).length === 0 || (await write(name, scope, args));
    if (isKept) await discard();
  };
  const keep = (field: string, whose: "mine" | "theirs") => {
    const next = new Set(theirsKept);
    if (whose === "theirs") next.add(field);
    else next.delete(field);
    setTheirsKept(next);
  };
  return (
    <Note tone="wait">
      <p className="note__title">
        {current === null ? t("community.conflict.refused") : t("community.conflict.title")}
      </p>
      <p>{t("community.conflict.kept")}</p>
      {current === null && change.problem !== null ? <ProblemNote problem={change.problem} /> : null}
      {(current === null ? conflicts : contested).map((conflict) => (
        <ConflictField
          key={conflict.field}
          conflict={conflict}
          hasTheirs={current !== null}
          whose={theirsKept.has(conflict.field) ? "theirs" : "mine"}
          onKeep={(whose) => keep(conflict.field, whose)}
        />
      ))}
      <div className="note__actions">
        <Button tone="primary" onPress={() => void save()}>
          {current === null ? t("action.retry") : t("community.conflict.save")}
        </Button>
        <Button onPress={() => void discard()}>
          {current === null ? t("outbox.discard") : t("community.conflict.keepTheirs")}
        </Button>
      </div>
    </Note>
  );
}

interface ConflictFieldProps {
  conflict: FieldConflict;
  hasTheirs: boolean;
  whose: "mine" | "theirs";
  onKeep: (whose: "mine" | "theirs") => void;
}

function ConflictField({ conflict, hasTheirs, whose, onKeep }: ConflictFieldProps) {
  const { t } = useTranslation();
  const words = useFieldWords();
  const label = words.label(conflict.field);
  const mine = words.value(conflict.field, conflict.mine);
  return (
    <div className="conflict">
      <div className="conflict__sides">
        {hasTheirs ? (
          <div>
            <p className="conflict__whose">{t("community.conflict.theirs", { field: label })}</p>
            <p className="conflict__text">{words.value(conflict.field, conflict.theirs)}</p>
          </div>
        ) : null}
        <div>
          <p className="conflict__whose">{t("community.conflict.mine", { field: label })}</p>
          <p className="conflict__text">{mine}</p>
          <CopyButton text={mine} label={t("message.copyText")} />
        </div>
      </div>
      {hasTheirs ? (
        <Choices
          label={label}
          value={whose}
          onChange={onKeep}
          options={[
            { value: "mine", label: t("community.conflict.useMine") },
            { value: "theirs", label: t("community.conflict.useTheirs") },
          ]}
        />
      ) : null}
    </div>
  );
}
