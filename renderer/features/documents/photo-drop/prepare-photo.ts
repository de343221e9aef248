import { readExif, withExif } from "./exif.ts";

export interface Photo {
  sha256: string;
  file: File;
  /** `2026-11-23 14.05.jpg`: when it was taken, else when the file was made. */
  name: string;
  hasPlace: boolean;
}

export interface PhotoWishes {
  keepsPlace: boolean;
  isReduced: boolean;
}

const SMALL_SIDE = 1600;
/** A canvas has a limit. */
const LARGEST_SIDE = 8192;
const MOST_BYTES = 80_000_000;

/** What is known of a picture that was chosen. Null: it is none that can be read here. */
export async function readPhoto(file: File): Promise<Photo | null> {
  if (file.size > MOST_BYTES || !file.type.startsWith("image/")) return null;
  try {
    (await createImageBitmap(file)).close();
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { takenAt, hasPlace } = readExif(bytes);
    const sha256 = await hashOf(bytes.buffer);
    return {
      sha256,
      file,
      hasPlace,
      name: `${takenAt ?? clockName(new Date(file.lastModified))}${endingFor(file)}`,
    };
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/** The picture as it leaves. Drawn anew, it has nothing in it that is not seen, but for what is put back on purpose. */
export async function preparePhoto({ file, name }: Photo, wishes: PhotoWishes): Promise<File> {
  const { keepsPlace, isReduced } = wishes;
  if (keepsPlace && !isReduced) return new File([file], name, { type: file.type });
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const side = isReduced ? SMALL_SIDE : LARGEST_SIDE;
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(bitmap.width * scale)),
    Math.max(1, Math.round(bitmap.height * scale)),
  );
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const drawn = await canvas.convertToBlob({ type: "image/jpeg", quality: isReduced ? 0.8 : 0.92 });
  const { segment } = keepsPlace ? readExif(new Uint8Array(await file.arrayBuffer())) : { segment: null };
  const content = segment === null ? drawn : withExif(new Uint8Array(await drawn.arrayBuffer()), segment);
  return new File([content], name.replace(/\.[^. ]+$/, ".jpg"), { type: "image/jpeg" });
}

/** The picture in full, under the name that it was sent small with: a JPEG as it is, all else drawn as one. */
export function originalOf(photo: Photo, { keepsPlace }: Pick<PhotoWishes, "keepsPlace">): Promise<File> {
  return preparePhoto(photo, {
    keepsPlace: keepsPlace && photo.file.type === "image/jpeg",
    isReduced: false,
  });
}

function endingFor({ name, type }: File): string {
  if (type === "image/jpeg") return ".jpg";
  return /\.[a-z0-9]{1,5}$/i.exec(name)?.[0].toLowerCase() ?? "";
}

function clockName(date: Date): string {
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}.${two(date.getMinutes())}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** Lower-case hexadecimal SHA-256, as libraries say it of their files. */
export async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
