import { lazy, Suspense } from "react";
import type { ProgrammeItem } from "#contract/icalendar/programme.ts";
import { parseObjectLink } from "#contract/links.ts";

const PlaceLink = lazy(() =>
  import("#renderer/parts/link-card.tsx").then((module) => ({ default: module.PlaceLink })),
);

export type ProgrammeDocument = NonNullable<ProgrammeItem["documents"]>[number];

/** As it was called, else its address without what says nothing. */
export function documentName({ name, link }: ProgrammeDocument): string {
  return name ?? link.replace(/^https?:\/\//, "");
}

/** Something inside Parvis opens there, by the rights of whoever reads; an address of the web in the browser. */
export function DocumentLink({ document }: { document: ProgrammeDocument }) {
  const name = documentName(document);
  if (parseObjectLink(document.link) !== null)
    return (
      <Suspense fallback={name}>
        <PlaceLink link={document.link}>{document.name ?? null}</PlaceLink>
      </Suspense>
    );
  return (
    <a href={document.link} target="_blank" rel="noreferrer">
      {name}
    </a>
  );
}
