import type { IsoTime } from "#contract/time.ts";
import { toIsoTime } from "#contract/time.ts";
import type { QueryItem } from "#contract/worker.ts";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { CheckBox, SelectField } from "#renderer/ui/form.tsx";
import { minutesWords, type Block } from "./day-plan.ts";

const LENGTHS = [15, 30, 45, 60, 90, 120, 180, 240];

interface PlanLineProps {
  view: QueryItem<"myTasks">;
  isChosen: boolean;
  minutes: number;
  /** Time is kept for it on that day already. */
  plannedAt: IsoTime | undefined;
  block: Block | undefined;
  onChange: (choice: { isChosen?: boolean; minutes?: number }) => void;
}

/** A task, whether it is planned, for how long, and when that is. */
export function PlanLine({ view, isChosen, minutes, plannedAt, block, onChange }: PlanLineProps) {
  const { t } = useTranslation();
  const dates = useDateWords();
  const { title } = view.task;
  const lengths = [...new Set([...LENGTHS, minutes])].toSorted((one, other) => one - other);
  const when = () => {
    if (plannedAt !== undefined) return t("tasks.plan.already", { time: dates.time(plannedAt) });
    if (!isChosen) return t(`tasks.group.${view.group}`);
    if (block === undefined) return t("tasks.plan.noTime");
    return t("tasks.plan.at", { time: dates.time(toIsoTime(block.fromMs)) });
  };
  return (
    <li className="plan-line" data-late={(isChosen && block === undefined) || undefined}>
      <CheckBox
        label={title}
        hint={when()}
        isChecked={isChosen}
        isDisabled={plannedAt !== undefined}
        onChange={(is) => onChange({ isChosen: is })}
      />
      <SelectField
        label={t("tasks.plan.lengthOf", { title })}
        isLabelHidden
        value={String(minutes)}
        options={lengths.map((each) => ({ value: String(each), label: minutesWords(each) }))}
        isDisabled={plannedAt !== undefined}
        onChange={(length) => onChange({ minutes: Number(length), isChosen: true })}
      />
    </li>
  );
}
