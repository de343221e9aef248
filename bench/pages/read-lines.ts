/** Lines of a streamed answer, a batch for each piece that arrives. */
export async function* readLines(url: string): AsyncGenerator<string[]> {
  const response = await fetch(url);
  if (!response.ok || response.body === null) throw new Error(`${url}: ${String(response.status)}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    yield lines;
  }
  if (rest !== "") yield [rest];
}
