import { CommandMenu, type Command } from "#renderer/ui/menu.tsx";

/** Two thousand cards do not make their menus before one is opened. */
export function LaterMenu({ commands, label }: { commands: () => Command[]; label: string }) {
  return <CommandMenu commands={commands()} label={label} />;
}
