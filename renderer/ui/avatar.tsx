import { createContext, memo, use, useState } from "react";
import type { PersonBrief } from "#contract/views/message-view.ts";
import { hueOf, initials } from "#renderer/kit/text-words.ts";
import "./avatar.css";

/** Where blobs of the open account are served: `/gateway/ID`. */
const GatewayContext = createContext("");
export const GatewayProvider = GatewayContext.Provider;

/** Path of the open account's gateway, for what is asked of the workplace directly. */
export function useGatewayPath(): string {
  return use(GatewayContext);
}

export function useBlobUrl(): (blobId: string) => string {
  const gateway = use(GatewayContext);
  return (blobId) => `${gateway}/v1/blobs/${blobId}`;
}

const HUES = 8;

export interface AvatarProps {
  person: Pick<PersonBrief, "id" | "displayName" | "photo"> & { presence?: PersonBrief["presence"] };
  size?: "tiny" | "small" | "medium" | "large";
  hasPresence?: boolean;
}

/** A face or initials. Decorative: the name always stands beside it. */
export const Avatar = memo(function Avatar({ person, size = "medium", hasPresence = false }: AvatarProps) {
  const blobUrl = useBlobUrl();
  const [isBroken, setBroken] = useState(false);
  const hasPhoto = person.photo !== null && !isBroken;
  return (
    <span className={`avatar avatar--${size}`} aria-hidden>
      {hasPhoto && person.photo !== null ? (
        <img
          className="avatar__face"
          src={blobUrl(person.photo)}
          alt=""
          loading="lazy"
          decoding="async"
          onError={() => setBroken(true)}
        />
      ) : (
        <span className="avatar__face" data-hue={hueOf(person.id, HUES)}>
          {initials(person.displayName)}
        </span>
      )}
      {hasPresence && person.presence !== undefined ? <PresenceDot presence={person.presence} /> : null}
    </span>
  );
});

export function PresenceDot({ presence }: { presence: PersonBrief["presence"] }) {
  return <span className={`presence presence--${presence}`} aria-hidden />;
}

export function EmojiAvatar({ emoji, size = "small" }: { emoji: string; size?: "small" | "medium" }) {
  return (
    <span className={`avatar avatar--${size} avatar--emoji`} aria-hidden>
      <span className="avatar__face">{emoji}</span>
    </span>
  );
}
