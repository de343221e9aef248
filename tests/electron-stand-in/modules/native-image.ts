import { existsSync, readFileSync } from "node:fs";
import type * as Electron from "electron";

/** https://www.electronjs.org/docs/latest/api/native-image: PNG files, whose size is read; nothing is drawn. */

interface Representation {
  scaleFactor: number;
  png: Buffer;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

export class NativeImage {
  isMacTemplateImage = false;
  readonly #parts: Representation[] = [];

  static of(png: Buffer, scaleFactor = 1): NativeImage {
    const image = new NativeImage();
    // What is no image is an empty one, without an error: https://www.electronjs.org/docs/latest/api/native-image#nativeimagecreatefrompathpath
    if (png.subarray(0, 4).equals(PNG)) image.#parts.push({ scaleFactor, png });
    return image;
  }
  isEmpty(): boolean {
    return this.#parts.length === 0;
  }
  isTemplateImage(): boolean {
    return this.isMacTemplateImage;
  }
  setTemplateImage(isTemplate: boolean): void {
    this.isMacTemplateImage = isTemplate;
  }
  getScaleFactors(): number[] {
    return this.#parts.map((one) => one.scaleFactor);
  }
  getSize(): Electron.Size {
    const [first] = this.#parts;
    if (first === undefined) return { width: 0, height: 0 };
    return {
      width: Math.round(first.png.readUInt32BE(16) / first.scaleFactor),
      height: Math.round(first.png.readUInt32BE(20) / first.scaleFactor),
    };
  }
  getAspectRatio(): number {
    const { width, height } = this.getSize();
    return height === 0 ? 1 : width / height;
  }
  addRepresentation({ scaleFactor = 1, buffer, dataURL }: Electron.AddRepresentationOptions): void {
    const png = buffer ?? Buffer.from((dataURL ?? "").split(",")[1] ?? "", "base64");
    if (png.subarray(0, 4).equals(PNG)) this.#parts.push({ scaleFactor, png });
  }
  toPNG({ scaleFactor = 1 }: Electron.ToPNGOptions = {}): Buffer {
    return (
      (this.#parts.find((one) => one.scaleFactor === scaleFactor) ?? this.#parts[0])?.png ?? Buffer.alloc(0)
    );
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.toPNG().toString("base64")}`;
  }
  resize(): NativeImage {
    return this;
  }
}

export const nativeImage = {
  createEmpty: (): NativeImage => new NativeImage(),
  createFromBuffer: (
    buffer: Buffer,
    { scaleFactor = 1 }: Electron.CreateFromBufferOptions = {},
  ): NativeImage => NativeImage.of(buffer, scaleFactor),
  createFromDataURL: (url: string): NativeImage =>
    NativeImage.of(Buffer.from(url.split(",")[1] ?? "", "base64")),
  /** With what lies beside it for other densities: `icon@2x.png`. */
  createFromPath(path: string): NativeImage {
    const image = existsSync(path) ? NativeImage.of(readFileSync(path)) : new NativeImage();
    for (const scaleFactor of [1.25, 1.5, 2, 3, 4]) {
      const beside = path.replace(/\.png$/, `@${scaleFactor}x.png`);
      if (beside !== path && existsSync(beside))
        image.addRepresentation({ scaleFactor, buffer: readFileSync(beside) });
    }
    if (/Template(@\d+x)?\.png$/.test(path)) image.setTemplateImage(true);
    return image;
  },
} satisfies Record<
  keyof Pick<
    typeof Electron.nativeImage,
    "createEmpty" | "createFromBuffer" | "createFromDataURL" | "createFromPath"
  >,
  unknown
>;
