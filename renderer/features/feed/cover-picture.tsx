import { useState } from "react";
import { useBlobUrl } from "#renderer/ui/avatar.tsx";

/** The picture above a piece of news: decoration, gone without a trace where it cannot be had. */
export function CoverPicture({ blobId }: { blobId: string }) {
  const blobUrl = useBlobUrl();
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return null;
  return (
    <img
      className="post__cover"
      src={blobUrl(blobId)}
      alt=""
      loading="lazy"
      decoding="async"
      onError={() => setBroken(true)}
    />
  );
}
