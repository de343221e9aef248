import { useMemo, useRef, useState } from "react";
import type { SpaceId } from "#contract/ids.ts";
import type { QueryItem } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Composer } from "#renderer/parts/composer.tsx";
import type { Said } from "#renderer/parts/message-commands.ts";
import { useCommands } from "#renderer/parts/use-commands.ts";
import { SelectField } from "#renderer/ui/form.tsx";

type Place = QueryItem<"postPlaces">;

interface WallComposerProps {
  places: readonly Place[];
  /** Where one writes, unless it can be chosen. */
  spaceId?: SpaceId;
  hasChoice?: boolean;
}

type Kind = "post" | "question";
const KINDS: readonly Kind[] = ["post", "question"];

/** Where one wrote last from the home feed: whoever writes again mostly writes there. */
let lastChosen: string | null = null;

/** A post or a question for a wall; on the home feed for one of all. The field opens with what it needs once it is used. */
export function WallComposer({ places, spaceId, hasChoice = false }: WallComposerProps) {
  const { t } = useTranslation();
  const commands = useCommands();
  const [chosen, setChosen] = useState<string | null>(spaceId ?? lastChosen);
  const [kind, setKind] = useState<Kind>("post");
  const [title, setTitle] = useState("");
  const [isOpen, setOpen] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  const target = places.find(({ key }) => key === chosen) ?? places[0];
  const place = useMemo(
    () =>
      target === undefined
        ? null
        : { conversationId: target.place.conversationId, scope: target.place.scope, canPost: true },
    [target],
  );
  if (target === undefined || place === null) return null;
  const send = (body: string, said: Said) => {
    const post = { kind, ...(title.trim() === "" ? {} : { title: title.trim() }) };
    return commands.sendMessage(place, body, { ...said, post });
  };
  const reset = () => {
    setTitle("");
    setKind("post");
    setOpen(false);
    lastChosen = target.key;
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- opens when one of its fields takes the focus
    <div
      className="wall-composer"
      onFocus={() => setOpen(true)}
      role="group"
      aria-label={t("post.write")}
      data-open={isOpen || undefined}
    >
      {isOpen ? (
        <div className="wall-composer__head">
          <div className="feed-order" role="group" aria-label={t("post.kindLabel")}>
            {KINDS.map((each) => (
              <button
                key={each}
                type="button"
                className="feed-order__choice"
                aria-pressed={each === kind}
                onClick={() => setKind(each)}
              >
                {t(`post.kind.${each}`)}
              </button>
            ))}
          </div>
          {hasChoice ? (
            <SelectField
              label={t("post.where")}
              isLabelHidden
              value={target.key}
              options={places.map(({ key, place: { name } }) => ({ value: key, label: name }))}
              onChange={setChosen}
            />
          ) : null}
          <input
            className="field__input wall-composer__title"
            aria-label={t("post.title")}
            placeholder={t("post.titleOptional")}
            maxLength={300}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </div>
      ) : null}
      <Composer
        key={place.conversationId}
        place={place}
        label={t(kind === "question" ? "post.ask" : "post.writeIn", { space: target.place.name })}
        inputRef={input}
        onSend={send}
        onDidSend={reset}
      />
    </div>
  );
}
