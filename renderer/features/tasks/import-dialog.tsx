import { useRef, useState } from "react";
import { createId, personIdSchema, spaceIdSchema, type PersonId } from "#contract/ids.ts";
import { parseScope, type Scope } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { decodeText } from "#renderer/kit/text-files.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { useReportProblem } from "#renderer/parts/use-commands.ts";
import { createWrite } from "#renderer/parts/write.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { Note } from "#renderer/ui/note.tsx";
import { importCommands } from "./import/commands.ts";
import { readCsv, type CsvOptions } from "./import/csv.ts";
import { folded, most, type ImportPlan, type ImportProblem, type ReadPlan } from "./import/plan.ts";
import { readTrello } from "./import/trello.ts";
import { PlaceField, useBoardPlaces } from "./place-field.tsx";
import { boardPath } from "./tasks-route.ts";
import { useImportWords } from "./use-exports.ts";

interface ImportDialogProps {
  scope: Scope | null;
  onClose: () => void;
}

/** A board from a file of another program: shown before anything is made of it. */
export function ImportDialog({ scope, onClose }: ImportDialogProps) {
  const { t } = useTranslation();
  const places = useBoardPlaces();
  const [place, setPlace] = useState<Scope | null>(scope);
  const [plan, setPlan] = useState<ImportPlan | null>(null);
  const [problem, setProblem] = useState<ImportProblem | null>(null);
  const [made, setMade] = useState<number | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const words = useImportWords();
  const makeBoard = useMakeBoard(setMade);
  const where = place ?? places[0]?.scope ?? null;
  const read = async (file: File | undefined) => {
    if (file === undefined) return;
    setPlan(null);
    setProblem(null);
    if (file.size > most.bytes) {
      setProblem("tooLarge");
      return;
    }
    const text = decodeText(new Uint8Array(await file.arrayBuffer()));
    const name = file.name.replace(/\.[^.]+$/, "");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const result = await readPlan(file.name, text, { words, name, zone });
    if (result.ok) setPlan(result.plan);
    else setProblem(result.problem);
  };
  const isBusy = made !== null;
  return (
    <Dialog title={t("tasks.import.title")} onClose={onClose}>
      <DialogBody>
        <p>{t("tasks.import.hint")}</p>
        <input
          ref={input}
          type="file"
          hidden
          accept=".json,.csv,.txt,.ics,application/json,text/csv,text/calendar"
          aria-label={t("tasks.import.choose")}
          onChange={(event) => {
            void read(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
        <Button onPress={() => input.current?.click()} isDisabled={isBusy}>
          {t("tasks.import.choose")}
        </Button>
        {problem === null ? null : (
          <Note tone="loss">
            <p>{t(`tasks.import.problem.${problem}`)}</p>
          </Note>
        )}
        {plan === null ? null : <PlanView plan={plan} />}
        {plan === null ? null : <PlaceField value={where} onChange={setPlace} />}
        {plan === null || made === null ? null : (
          <progress
            className="task-checklist__bar"
            aria-label={t("tasks.import.running")}
            value={made}
            max={plan.tasks.length + 1}
          />
        )}
        <DialogActions>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button
            tone="primary"
            isDisabled={plan === null || where === null || isBusy}
            onPress={() => {
              if (plan !== null && where !== null) void makeBoard(plan, where).then(onClose);
            }}
          >
            {t("tasks.import.make")}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}

/** By how the file's name ends; a calendar also by how it begins. The kernel for calendars is read when one comes. */
async function readPlan(fileName: string, text: string, options: CsvOptions): Promise<ReadPlan> {
  const ending = fileName.toLowerCase().split(".").at(-1);
  if (ending === "json") return readTrello(text, options.words);
  if (ending !== "ics" && !/^\uFEFF?BEGIN:VCALENDAR/i.test(text)) return readCsv(text, options);
  const { readCalendarTasks } = await import("./import/icalendar.ts");
  return readCalendarTasks(text, options);
}

function PlanView({ plan }: { plan: ImportPlan }) {
  const { t } = useTranslation();
  const { name, columns, tasks, notes } = plan;
  return (
    <>
      <p>
        <strong>{name}</strong> —{" "}
        {t("tasks.import.contents", { count: tasks.length, columns: columns.length })}
      </p>
      {notes.length === 0 ? null : (
        <ul className="task-details__line">
          {notes.map(({ kind, count }) => (
            <li key={kind}>{t(`tasks.import.note.${kind}`, { count })}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** All writes wait in the outbox like any others: the network is not needed for it. */
function useMakeBoard(onMade: (count: number) => void) {
  const { t } = useTranslation();
  const client = useWorker();
  const report = useReportProblem();
  const show = useToasts((state) => state.show);
  const me = useSession((session) => session.me);
  return async (plan: ImportPlan, scope: Scope): Promise<void> => {
    const write = createWrite(client);
    onMade(0);
    const spaceId = spaceIdSchema.safeParse(parseScope(scope).id);
    const { kind } = parseScope(scope);
    const members =
      kind === "space" && spaceId.success
        ? (await client.once("communityMembers", { spaceId: spaceId.data })).items
        : [];
    const known = new Map(
      members.flatMap(({ person }) =>
        person === null ? [] : [[folded(person.displayName), person.id] as const],
      ),
    );
    const people = new Map<string, PersonId>();
    for (const name of new Set(plan.tasks.flatMap((task) => task.people))) {
      const id = known.get(folded(name));
      if (id !== undefined) people.set(name, personIdSchema.parse(id));
    }
    let count = 0;
    let boardId: string | null = null;
    for (const command of importCommands(plan, { makeId: createId, people })) {
      if (command.name === "board.create") boardId = command.args.id;
      const kept = await writeOne(write, scope, command);
      if (!kept.ok) {
        report(kept.error);
        return;
      }
      count += 1;
      onMade(count);
    }
    if (boardId === null || me === null) return;
    show({ tone: "plain", text: t("tasks.import.made", { name: plan.name, count: plan.tasks.length }) });
    useView.getState().go("tasks", ...boardPath(scope, boardId));
  };
}

type Command = ReturnType<typeof importCommands>[number];

function writeOne(write: ReturnType<typeof createWrite>, scope: Scope, command: Command) {
  switch (command.name) {
    case "board.create":
      return write(command.name, scope, command.args);
    case "task.create":
      return write(command.name, scope, command.args);
    case "task.archive":
      return write(command.name, scope, command.args);
  }
}
