import { expect, test } from "vitest";
import { createCodec, type Codec } from "./codec.ts";
import { openMeta, sealMeta } from "./sealed-meta.ts";

const codecWith = (byte: number): Promise<Codec> => createCodec(new Uint8Array(32).fill(byte).buffer);
const capabilities = { key: "capabilities", value: { name: "Mairie de Valbrume" } };

test("what names the workplace is sealed, and opened with its key alone", async () => {
  const codec = await codecWith(1);
  const sealed = await sealMeta(codec, capabilities);
  expect(sealed.value).toBeInstanceOf(ArrayBuffer);
  expect(new TextDecoder().decode(Object(sealed.value))).not.toContain("Valbrume");
  expect(await openMeta(codec, sealed)).toEqual(capabilities.value);
  expect(await openMeta(await codecWith(2), sealed)).toBeUndefined();
});

test("what was written in clear before is still read; positions and what is deleted stay as they are", async () => {
  const codec = await codecWith(1);
  expect(await openMeta(codec, capabilities)).toEqual(capabilities.value);
  for (const record of [
    { key: "epoch", value: "e" },
    { key: "capabilities", value: undefined },
  ])
    expect(await sealMeta(codec, record)).toEqual(record);
});
