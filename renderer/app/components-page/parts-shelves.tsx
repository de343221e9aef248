import { useRef, useState, type ReactNode } from "react";
import { placeKey } from "#renderer/parts/write.ts";
import { AttachmentsView } from "#renderer/parts/attachments-view.tsx";
import { Composer } from "#renderer/parts/composer.tsx";
import { useComposerStore } from "#renderer/parts/composer-store.ts";
import { MarkBar } from "#renderer/parts/mark-bar.tsx";
import { MessageText } from "#renderer/parts/message-text.tsx";
import { PollView } from "#renderer/parts/poll-view.tsx";
import { QuoteView } from "#renderer/parts/quote-view.tsx";
import { TextEditor } from "#renderer/parts/text-editor.tsx";
import { anne, conversationId, messages, scope, zoe } from "./fixtures.ts";
import {
  article,
  files,
  forward,
  LINKS,
  names,
  pictures,
  polls,
  quote,
  sounds,
  tray,
  uploads,
} from "./parts-fixtures.ts";

const nothing = () => undefined;
const plain = { conversationId, scope };
const full = messages[5] === undefined ? plain : { ...plain, threadId: messages[5].message.id };
const MENTIONED = [anne];

useComposerStore.getState().setQuote(full, quote);
useComposerStore.getState().change(placeKey(full), () => ({ files: tray }));

/** What stands in and beside texts: fields to write in, files, quotes, polls, links. */
export function PartsShelves({ shelf }: { shelf: (name: string, children: ReactNode) => ReactNode }) {
  return (
    <>
      {shelf(
        "Composer",
        <>
          <Field label="Écrire dans #incidents" place={plain} />
          <Field label="Répondre dans le fil" place={full} />
          <div className="components__list">
            <Field label="Étroit" place={plain} />
          </div>
        </>,
      )}
      {shelf("TextEditor, MarkBar", <Typed />)}
      {shelf(
        "MessageText",
        <>
          <div className="components__wide">
            <MessageText body={LINKS} mentioned={MENTIONED} names={names} />
          </div>
          <div className="components__wide">
            <MessageText body={article} mentioned={MENTIONED} headingsUnder={2} />
          </div>
        </>,
      )}
      {shelf(
        "QuoteView",
        <>
          <QuoteView quote={quote} author={zoe} />
          <QuoteView quote={forward} author={null} />
        </>,
      )}
      {shelf(
        "AttachmentsView",
        <>
          <AttachmentsView attachments={pictures} />
          <AttachmentsView attachments={pictures.slice(0, 1)} />
          <AttachmentsView attachments={files} />
          <AttachmentsView attachments={sounds} />
          <AttachmentsView attachments={[...pictures.slice(0, 1), ...files.slice(0, 3)]} uploads={uploads} />
        </>,
      )}
      {shelf(
        "PollView",
        polls.map((view) => <PollView key={String(view.poll?.isClosed)} view={view} />),
      )}
    </>
  );
}

function Field({ label, place }: { label: string; place: typeof full }) {
  const input = useRef<HTMLTextAreaElement>(null);
  return (
    <div className="components__wide">
      <Composer place={place} label={label} inputRef={input} />
    </div>
  );
}

const TYPED = `**Compte rendu** de *ce matin*, ~~provisoire~~ avec \`ip addr\`
> « Tout marche », dit @Karim
- baies posées, voir https://exemple.fr/rapport
1. [le plan](https://exemple.fr)
\`\`\`
nmcli device status
\`\`\``;

function Typed() {
  const input = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(TYPED);
  return (
    <div className="components__wide composer">
      <MarkBar onMark={nothing} />
      <TextEditor
        value={text}
        label="Texte"
        inputRef={input}
        onChange={setText}
        onSubmit={nothing}
        onName={nothing}
        isLong
      />
    </div>
  );
}
