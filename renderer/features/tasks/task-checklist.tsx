import { X } from "lucide-react";
import { useState } from "react";
import type { TaskView } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { IconButton } from "#renderer/ui/button.tsx";
import { CheckBox } from "#renderer/ui/form.tsx";
import { useTaskDeeds } from "./use-task-deeds.ts";

/** Small steps: ticks of two people on two of them both stand. */
export function TaskChecklist({ view, isOpen }: { view: TaskView; isOpen: boolean }) {
  const { t } = useTranslation();
  const deeds = useTaskDeeds();
  const [typed, setTyped] = useState("");
  const items = view.task.checklist ?? [];
  if (items.length === 0 && !isOpen) return null;
  const done = items.filter(({ isDone }) => isDone).length;
  const add = () => {
    const text = typed.trim();
    if (text === "") return;
    setTyped("");
    void deeds.run(deeds.commands.addItem(view, text)).then((isKept) => {
      if (!isKept) setTyped(text);
    });
  };
  return (
    <section className="task-checklist" aria-label={t("tasks.fields.checklist")}>
      <h3 className="task-details__heading">
        {t("tasks.fields.checklist")}
        {items.length === 0 ? null : <span className="task-details__count">{`${done}/${items.length}`}</span>}
      </h3>
      {items.length === 0 ? null : (
        <progress className="task-checklist__bar" value={done} max={items.length} aria-hidden />
      )}
      <ul className="plain-list">
        {items.map((item) => (
          <li key={item.id} className="task-checklist__item" data-done={item.isDone || undefined}>
            <CheckBox
              label={item.text}
              isChecked={item.isDone}
              isDisabled={!isOpen}
              onChange={(isDone) => void deeds.run(deeds.commands.changeItem(view, item, { isDone }))}
            />
            {isOpen ? (
              <IconButton
                icon={X}
                label={t("tasks.removeItem", { text: item.text })}
                onPress={() => void deeds.run(deeds.commands.removeItem(view, item))}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {isOpen ? (
        <form
          autoComplete="off"
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <input
            className="field__input"
            aria-label={t("tasks.addItem")}
            placeholder={t("tasks.addItem")}
            maxLength={500}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={add}
          />
        </form>
      ) : null}
    </section>
  );
}
