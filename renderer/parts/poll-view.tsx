import { GuestTag } from "#renderer/parts/person-marks.tsx";
import { ChartBar, Check } from "lucide-react";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { useId, useRef } from "react";
import type { MessageView, PollView as PollState } from "#contract/views/message-view.ts";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { usePlace } from "./place-context.ts";
import { useRowTabIndex } from "./row-focus.ts";
import { useCommands, useReportProblem } from "./use-commands.ts";
import "./poll-view.css";

type Option = PollState["options"][number];

/** A question with its answers, how many chose each and who; one's own choice can be changed until it closes. */
export function PollView({ view }: { view: MessageView }) {
  const { t } = useTranslation();
  const id = useId();
  const commands = useCommands();
  const report = useReportProblem();
  const { scope, canPost } = usePlace();
  const { poll } = view.message;
  const state = view.poll;
  if (poll === undefined || state === null) return null;
  const isMultiple = poll.isMultiple === true;
  const isClosed = state.isClosed || !canPost;
  const choose = (option: Option) => {
    const mine = state.options.filter(({ isMine }) => isMine).map((each) => each.id);
    const others = mine.filter((each) => each !== option.id);
    const next = option.isMine ? others : isMultiple ? [...mine, option.id] : [option.id];
    void commands.setVote(scope, view.message, next).then((result) => {
      if (!result.ok) report(result.error);
    });
  };
  return (
    <div className="poll" role="group" aria-labelledby={`${id}-question`}>
      <p className="poll__question" id={`${id}-question`}>
        <ChartBar size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        {poll.question}
      </p>
      <p className="poll__hint">
        {state.isClosed ? t("poll.closed") : isMultiple ? t("poll.several") : t("poll.one")}
      </p>
      <ul className="poll__options plain-list">
        {state.options.map((option) => (
          <li key={option.id}>
            <PollOption
              option={option}
              name={id}
              voters={state.voters}
              isMultiple={isMultiple}
              isClosed={isClosed}
              onChoose={() => choose(option)}
            />
          </li>
        ))}
      </ul>
      <PollFoot state={state} closesAt={poll.closesAt} />
    </div>
  );
}

interface PollOptionProps {
  option: Option;
  name: string;
  voters: number;
  isMultiple: boolean;
  isClosed: boolean;
  onChoose: () => void;
}

function PollOption({ option, name, voters, isMultiple, isClosed, onChoose }: PollOptionProps) {
  const { t } = useTranslation();
  const tabIndex = useRowTabIndex();
  const share = voters === 0 ? 0 : option.count / voters;
  return (
    <label className="poll-option" data-mine={option.isMine || undefined} data-closed={isClosed || undefined}>
      <input
        className="poll-option__input"
        type={isMultiple ? "checkbox" : "radio"}
        name={name}
        tabIndex={tabIndex}
        checked={option.isMine}
        disabled={isClosed}
        aria-label={t("poll.optionLabel", { text: option.text, count: option.count })}
        onChange={onChoose}
        // A radio that is on says nothing when it is pressed again: taking the vote back is asked here.
        onClick={() => (option.isMine && !isMultiple ? onChoose() : undefined)}
      />
      <span className="poll-option__text">{option.text}</span>
      {option.isMine ? (
        <Check size={ICON_SIZE} strokeWidth={2.25} className="poll-option__mine" aria-hidden />
      ) : null}
      <span className="poll-option__count" aria-hidden>
        {option.count}
      </span>
      <progress className="poll-option__bar" value={share} max={1} aria-hidden />
    </label>
  );
}

function PollFoot({ state, closesAt }: { state: PollState; closesAt: string | undefined }) {
  const { t } = useTranslation();
  const dates = useDateWords();
  return (
    <div className="poll__foot">
      <span>{t("poll.voters", { count: state.voters })}</span>
      {closesAt === undefined || state.isClosed ? null : (
        <span>{t("poll.closesAt", { when: dates.full(closesAt) })}</span>
      )}
      {state.voters === 0 ? null : <WhoVoted state={state} />}
    </div>
  );
}

function WhoVoted({ state }: { state: PollState }) {
  const { t } = useTranslation();
  const trigger = useRef<HTMLSpanElement>(null);
  return (
    <DialogTrigger>
      <span ref={trigger}>
        <Button tone="link">{t("poll.who")}</Button>
      </span>
      <Popover className="popover poll-voters" offset={4} triggerRef={trigger}>
        <Dialog className="poll-voters__list" aria-label={t("poll.who")}>
          {state.options
            .filter(({ people }) => people.length > 0)
            .map((option) => (
              <section key={option.id}>
                <h3 className="poll-voters__option">{option.text}</h3>
                <ul className="plain-list">
                  {option.people.map((person) => (
                    <li className="poll-voters__person" key={person.id}>
                      <Avatar person={person} size="small" />
                      {person.displayName} <GuestTag person={person} />
                    </li>
                  ))}
                </ul>
                {option.count > option.people.length ? (
                  <p className="poll__hint">
                    {t("poll.others", { count: option.count - option.people.length })}
                  </p>
                ) : null}
              </section>
            ))}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
