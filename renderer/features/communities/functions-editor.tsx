import { ArrowDown, ArrowUp } from "lucide-react";
import type { SpaceSettings } from "#contract/entities/space.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { IconButton } from "#renderer/ui/button.tsx";
import { CheckBox, FieldGroup } from "#renderer/ui/form.tsx";
import { functionsOf } from "./community-words.ts";

interface FunctionsEditorProps {
  functions: SpaceSettings["functions"];
  onChange: (functions: NonNullable<SpaceSettings["functions"]>) => void;
}

/** Which functions a space has and in which order its tabs stand. */
export function FunctionsEditor({ functions, onChange }: FunctionsEditorProps) {
  const { t } = useTranslation();
  const announce = useToasts((state) => state.announce);
  const shown = functionsOf(functions);
  // Functions that this version does not know are kept as they are.
  const unknown = (functions ?? []).filter(({ name }) => shown.every((each) => each.name !== name));
  const put = (next: typeof shown) => onChange([...next, ...unknown]);
  const move = (from: number, to: number) => {
    const moved = shown[from];
    if (moved === undefined || to < 0 || to >= shown.length) return;
    put(shown.toSpliced(from, 1).toSpliced(to, 0, moved));
    const name = t(`community.function.${moved.name}`);
    announce(t("community.functions.moved", { name, place: to + 1, count: shown.length }));
  };
  return (
    <FieldGroup label={t("community.functions.label")} hint={t("community.functions.hint")}>
      <ol className="plain-list functions">
        {shown.map(({ name, isOn }, index) => {
          const label = t(`community.function.${name}`);
          return (
            <li key={name} className="functions__row">
              <CheckBox
                label={label}
                hint={t(`community.functions.${name}`)}
                isChecked={isOn}
                onChange={(isChecked) =>
                  put(shown.map((each) => (each.name === name ? { ...each, isOn: isChecked } : each)))
                }
              />
              <span className="functions__moves">
                <IconButton
                  icon={ArrowUp}
                  label={t("community.functions.up", { name: label })}
                  isDisabled={index === 0}
                  onPress={() => move(index, index - 1)}
                />
                <IconButton
                  icon={ArrowDown}
                  label={t("community.functions.down", { name: label })}
                  isDisabled={index === shown.length - 1}
                  onPress={() => move(index, index + 1)}
                />
              </span>
            </li>
          );
        })}
      </ol>
    </FieldGroup>
  );
}
