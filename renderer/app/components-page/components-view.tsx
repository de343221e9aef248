import { Bell, MessageCircle, Send, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { problemKindSchema } from "#contract/problem.ts";
import { ConversationRow } from "#renderer/features/messaging/conversation-row.tsx";
import { MessageRow } from "#renderer/features/messaging/message-row.tsx";
import { ProfileCard } from "#renderer/features/messaging/person-view.tsx";
import { PlaceProvider } from "#renderer/parts/place-context.ts";
import { Avatar, EmojiAvatar } from "#renderer/ui/avatar.tsx";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import { Choices, TextField } from "#renderer/ui/field.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import { MenuButton } from "#renderer/ui/menu.tsx";
import { Count, EmptyState, Note, ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { ToastView } from "#renderer/ui/toasts.tsx";
import { LineWords } from "../connection-line.tsx";
import { OutboxItemView } from "../outbox-dialog.tsx";
import { SecretsFacts } from "../secrets-facts.tsx";
import { PasswordSignIn } from "../sign-in-view.tsx";
import { EventForms } from "./event-form-shelf.tsx";
import { PeopleDays } from "./find-time-shelf.tsx";
import { account } from "./fixture-host.ts";
import {
  anne,
  conversationId,
  conversations,
  ines,
  karim,
  messages,
  outbox,
  people,
  problem,
  scope,
  session,
  zoe,
} from "./fixtures.ts";
import { PartsShelves } from "./parts-shelves.tsx";
import "./components-page.css";

const PLACE = { conversationId, scope, canPost: true };
const TONES = ["plain", "primary", "danger", "quiet", "link"] as const;
const LINES = [
  "storageFull",
  "signedOut",
  "refused",
  "restarting",
  "offline",
  "connecting",
  "firstSync",
  "failed",
] as const;
const nothing = () => undefined;

/** Every component in every state, for the eye and for screenshots. Development only. */
export function ComponentsView() {
  return (
    <main className="components">
      <h1>Parvis</h1>
      <Shelf name="Button, IconButton, MenuButton">
        {TONES.map((tone) => (
          <Button key={tone} tone={tone}>
            {tone}
          </Button>
        ))}
        {TONES.map((tone) => (
          <Button key={tone} tone={tone} isDisabled>
            {tone}
          </Button>
        ))}
        <IconButton icon={Bell} label="Bell" />
        <IconButton icon={Send} label="Send" tone="primary" />
        <IconButton icon={Trash2} label="Delete" tone="danger" />
        <IconButton icon={Bell} label="Off" isDisabled />
        <MenuButton
          label="Menu"
          button={<Button>Menu</Button>}
          commands={[
            { id: "a", label: "Répondre", icon: MessageCircle, run: nothing, shortcut: "R" },
            { id: "b", label: "Supprimer", icon: Trash2, run: nothing, isDanger: true, isApart: true },
          ]}
        />
      </Shelf>
      <Shelf name="Avatar, Count">
        {[anne, karim, zoe, ines].map((person) => (
          <Avatar key={person.id} person={person} hasPresence />
        ))}
        <Avatar person={anne} size="small" hasPresence />
        <Avatar person={karim} size="large" />
        <EmojiAvatar emoji="🚌" size="medium" />
        <Count value={4} label="4" />
        <Count value={120} label="120" />
        <Count value={2} isWaiting label="2" />
        <span className="tag">invité</span>
      </Shelf>
      <Fields />
      <Shelf name="Connection line">
        {LINES.map((what) => (
          <div
            key={what}
            className={what === "firstSync" ? "connection-line connection-line--calm" : "connection-line"}
          >
            <LineWords
              what={what}
              line={{ ...session, connection: "offline", problem: problem("contractTooNew") }}
            />
          </div>
        ))}
      </Shelf>
      <Shelf name="ConversationRow">
        <div className="components__list">
          {conversations.map((item, index) => (
            <ConversationRow
              key={item.key}
              summary={item}
              isSelected={index === 1}
              isStop
              hasSpace={index < 2}
            />
          ))}
        </div>
      </Shelf>
      <Shelf name="MessageRow">
        <PlaceProvider value={PLACE}>
          <div className="components__wide">
            {messages.map((view) => (
              <MessageRow key={view.key} view={view} isFirst />
            ))}
          </div>
        </PlaceProvider>
      </Shelf>
      <PlaceProvider value={PLACE}>
        <PartsShelves shelf={drawShelf} />
      </PlaceProvider>
      <Shelf name="EventForm">
        <EventForms />
      </Shelf>
      <Shelf name="PeopleDay">
        <PeopleDays />
      </Shelf>
      <Shelf name="OutboxItem">
        {outbox.map((item) => (
          <OutboxItemView key={item.key} item={item} />
        ))}
      </Shelf>
      <Shelf name="Profile, sign-in, toast">
        {people.slice(2, 3).map((view) => (
          <ProfileCard key={view.key} view={view} />
        ))}
        <PasswordSignIn account={account} />
        <div>
          <SecretsFacts
            secrets={{ store: "memory", isLocked: false, reason: "No Secret Service answers." }}
          />
        </div>
        <ToastView
          toast={{
            id: 1,
            text: "Message supprimé.",
            tone: "plain",
            action: { label: "Annuler", run: nothing },
          }}
        />
        <ToastView toast={{ id: 2, text: "Le serveur est injoignable.", tone: "danger", detail: "{}" }} />
      </Shelf>
      <Shelf name="Note, EmptyState, Skeleton">
        <Note>Plain</Note>
        <Note tone="wait">Wait</Note>
        <Note tone="loss">Loss</Note>
        <EmptyState action={<Button tone="primary">Voir les espaces</Button>}>
          Ici se tiennent vos conversations.
        </EmptyState>
        <div className="components__list">
          <SkeletonRows count={3} />
        </div>
      </Shelf>
      <Shelf name="ProblemNote">
        {problemKindSchema.options.map((kind) => (
          <ProblemNote key={kind} problem={problem(kind)} />
        ))}
      </Shelf>
    </main>
  );
}

function drawShelf(name: string, children: ReactNode) {
  return <Shelf name={name}>{children}</Shelf>;
}

function Shelf({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className="components__shelf" aria-label={name}>
      <h2>{name}</h2>
      <div className="components__items">{children}</div>
    </section>
  );
}

function Fields() {
  const [text, setText] = useState("");
  const [choice, setChoice] = useState<"a" | "b">("a");
  return (
    <Shelf name="TextField, SearchBox, Choices">
      <TextField label="Adresse" hint="Par exemple parvis.exemple.fr" value={text} onChange={setText} />
      <SearchBox label="Filtrer" value={text} onChange={setText} />
      <Choices
        label="Apparence"
        value={choice}
        onChange={setChoice}
        options={[
          { value: "a", label: "Claire" },
          { value: "b", label: "Sombre" },
        ]}
      />
    </Shelf>
  );
}
