const MOST_WORDS = 40;

/** A room of its own at the workplace's place for meetings: its name begins with the title, and cannot be guessed. */
export function meetingAddress(urlTemplate: string, title: string): string {
  const words = title
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, MOST_WORDS)
    .replaceAll(/^-+|-+$/g, "");
  const secret = crypto.randomUUID().replaceAll("-", "");
  return urlTemplate.replace("{id}", words === "" ? secret : `${words}-${secret}`);
}
