import { Plus, X } from "lucide-react";
import { useState } from "react";
import { pollSchema, type Poll } from "#contract/entities/message.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { fromFieldTime, toFieldTime } from "#renderer/kit/wall-clock.ts";
import { Button, IconButton, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { Note } from "#renderer/ui/note.tsx";
import "./poll-dialog.css";

interface PollDialogProps {
  onClose: () => void;
  onPut: (poll: Poll) => void;
  /** What the button says; « Envoyer le sondage » when absent. */
  putLabel?: string;
}

const MOST_OPTIONS = 20;

interface Line {
  id: string;
  text: string;
}

interface PollForm {
  question: string;
  lines: readonly Line[];
  isMultiple: boolean;
  closes: string;
}

function newLine(number: number): Line {
  return { id: `option-${number}`, text: "" };
}

/** The poll that a form makes; null while it is none. */
export function toPoll({ question, lines, isMultiple, closes }: PollForm): Poll | null {
  const options = lines
    .map((line, index) => ({ id: String(index + 1), text: line.text.trim() }))
    .filter(({ text }) => text !== "");
  if (new Set(options.map(({ text }) => text)).size < options.length) return null;
  const closesAt = closes === "" ? null : fromFieldTime(closes);
  const parsed = pollSchema.safeParse({
    question: question.trim(),
    options,
    ...(isMultiple ? { isMultiple } : {}),
    ...(closesAt === null ? {} : { closesAt }),
  });
  return parsed.success ? parsed.data : null;
}

/** A question with its answers, to be put to everyone who reads here. */
export function PollDialog({ onClose, onPut, putLabel }: PollDialogProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState<PollForm>({
    question: "",
    lines: [newLine(1), newLine(2)],
    isMultiple: false,
    closes: "",
  });
  const [isTried, setTried] = useState(false);
  const poll = toPoll(form);
  const [openedMs] = useState(() => Date.now());
  const isPast = form.closes !== "" && Date.parse(form.closes) <= openedMs;
  const change = (changes: Partial<PollForm>) => setForm({ ...form, ...changes });
  const put = () => {
    setTried(true);
    if (poll === null || isPast) return;
    onPut(poll);
    onClose();
  };
  return (
    <Dialog title={t("poll.create")} onClose={onClose}>
      <DialogBody>
        <TextField
          label={t("poll.question")}
          value={form.question}
          maxLength={500}
          onChange={(question) => change({ question })}
        />
        <PollLines lines={form.lines} onChange={(lines) => change({ lines })} />
        <label className="poll-form__check">
          <input
            type="checkbox"
            checked={form.isMultiple}
            onChange={(event) => change({ isMultiple: event.target.checked })}
          />
          {t("poll.multiple")}
        </label>
        <TextField
          label={t("poll.closes")}
          type="datetime-local"
          value={form.closes}
          min={toFieldTime(openedMs)}
          onChange={(closes) => change({ closes })}
        />
        {isTried && poll === null ? <Note tone="wait">{t("poll.needsQuestion")}</Note> : null}
        {isPast ? <Note tone="wait">{t("poll.pastEnd")}</Note> : null}
        <DialogActions>
          <Button tone="quiet" onPress={onClose}>
            {t("action.cancel")}
          </Button>
          <Button tone="primary" onPress={put}>
            {putLabel ?? t("poll.put")}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}

function PollLines({ lines, onChange }: { lines: readonly Line[]; onChange: (lines: Line[]) => void }) {
  const { t } = useTranslation();
  const [count, setCount] = useState(lines.length);
  const add = () => {
    setCount(count + 1);
    onChange([...lines, newLine(count + 1)]);
  };
  return (
    <div className="poll-form__lines">
      {lines.map((line, index) => (
        <div className="poll-form__line" key={line.id}>
          <TextField
            label={t("poll.option", { number: index + 1 })}
            value={line.text}
            maxLength={200}
            onChange={(text) => onChange(lines.map((each) => (each === line ? { ...line, text } : each)))}
          />
          {lines.length > 2 ? (
            <IconButton
              icon={X}
              label={t("poll.removeOption", { number: index + 1 })}
              onPress={() => onChange(lines.filter((each) => each !== line))}
            />
          ) : null}
        </div>
      ))}
      {lines.length < MOST_OPTIONS ? (
        <Button tone="quiet" onPress={add}>
          <Plus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {t("poll.addOption")}
        </Button>
      ) : null}
    </div>
  );
}
