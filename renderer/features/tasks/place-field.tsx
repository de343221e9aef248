import { spaceScope, scopeSchema, personScope, type Scope } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { NOBODY } from "#renderer/parts/use-commands.ts";
import { SelectField } from "#renderer/ui/form.tsx";

/** Where the reader may make a board: at home, and in their spaces that have tasks. */
export function useBoardPlaces(): readonly { scope: Scope; name: string }[] {
  const { t } = useTranslation();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const isGuest = useSession((session) => session.me?.isGuest === true);
  const { items } = useLiveQuery("spaces", {});
  const spaces = items.filter(({ role, space }) => {
    const isOn = space.functions?.find(({ name }) => name === "tasks")?.isOn ?? true;
    return role !== null && role !== "guest" && space.archivedAt === undefined && isOn;
  });
  const own = isGuest ? [] : [{ scope: personScope(me), name: t("tasks.forMyself") }];
  return [...own, ...spaces.map(({ space }) => ({ scope: spaceScope(space.id), name: space.name }))];
}

interface PlaceFieldProps {
  value: Scope | null;
  onChange: (scope: Scope) => void;
}

export function PlaceField({ value, onChange }: PlaceFieldProps) {
  const { t } = useTranslation();
  const places = useBoardPlaces();
  return (
    <SelectField
      label={t("tasks.place")}
      value={value ?? places[0]?.scope ?? ""}
      options={places.map(({ scope, name }) => ({ value: scope as string, label: name }))}
      onChange={(picked) => onChange(scopeSchema.parse(picked))}
    />
  );
}
