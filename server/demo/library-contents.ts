import { docx, odt, xlsx } from "./library-office.ts";
import { encodeJpeg } from "./library-jpeg.ts";
import { pdf } from "./library-pdf.ts";
import { encodePng } from "./png.ts";
import { createRandom, type Random } from "./random.ts";

const mediaTypes: Readonly<Record<string, string>> = {
  odt: "application/vnd.oasis.opendocument.text",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pdf: "application/pdf",
  csv: "text/csv",
  md: "text/markdown",
  txt: "text/plain",
  png: "image/png",
  jpg: "image/jpeg",
  wav: "audio/wav",
  json: "application/json",
  py: "text/x-python",
  ps1: "text/plain",
};

const sentences = [
  "La réunion s’est tenue dans la salle du premier étage, en présence des référents.",
  "Les points restés ouverts au mois précédent ont été repris un par un.",
  "Le matériel sera livré en deux fois, la seconde au plus tard le 15 du mois.",
  "Chaque établissement désigne une personne qui reçoit, vérifie et signe le bon.",
  "Il est rappelé que les clés sont rendues le soir même à l’accueil.",
  "Le calendrier tient compte des conseils de classe et des journées portes ouvertes.",
  "Les écarts constatés sont notés dans le tableau joint, avec leur cause probable.",
  "Une vérification par sondage aura lieu avant la fin du trimestre.",
  "En cas d’empêchement, le binôme prend le relais sans autre formalité.",
  "Les mesures ont été faites par temps sec, entre 9 h et 11 h 30.",
  "Ce document remplace la version précédente, que l’on peut retrouver dans l’historique.",
  "Les observations sont à adresser avant vendredi, directement dans la discussion du document.",
  "Le service a choisi la solution la plus simple à entretenir dans la durée.",
  "Aucune donnée personnelle ne figure dans ce document.",
];

const places = [
  "La Forge",
  "Bellefontaine",
  "Les Alizés",
  "Pré-Clos",
  "Lormeuil",
  "Castelnoue",
  "Villebrune",
];

/** A file of the demonstration: small, whole, and other words for each version. */
export function demoContent(name: string, version: number): { bytes: Buffer; mediaType: string } {
  const dot = name.lastIndexOf(".");
  const [title, ending] = [name.slice(0, dot), name.slice(dot + 1)];
  const random = createRandom(`library:${name}:${version}`);
  return {
    bytes: bytesOf(ending, title, random),
    mediaType: mediaTypes[ending] ?? "application/octet-stream",
  };
}

function bytesOf(ending: string, title: string, random: Random): Buffer {
  switch (ending) {
    case "odt":
      return odt(title, paragraphs(random));
    case "docx":
      return docx(title, paragraphs(random));
    case "pdf":
      return pdf(title, paragraphs(random, 9));
    case "xlsx":
      return xlsx(title, table(random));
    case "csv":
      return Buffer.from(
        table(random)
          .map((row) => row.join(";"))
          .join("\r\n") + "\r\n",
      );
    case "png":
      return encodePng(240, 160, picture(random, 240, 160));
    case "jpg":
      return encodeJpeg(160, 120, picture(random, 160, 120));
    case "wav":
      return wav(random);
    default:
      return Buffer.from(plain(ending, title, random));
  }
}

function plain(ending: string, title: string, random: Random): string {
  const lines = paragraphs(random);
  if (ending === "md") return `# ${title}\n\n${lines.map((line) => `- ${line}`).join("\n")}\n`;
  if (ending === "json")
    return `${JSON.stringify({ title, bornes: random.int(8, 40), seuil: 0.9 }, null, 2)}\n`;
  if (ending === "py")
    return `"""${title}"""\n\nfor poste in range(${random.int(10, 90)}):\n    print(f"PC-{poste:03}")\n`;
  if (ending === "ps1") return `# ${title}\nGet-ADComputer -Filter * | Sort-Object Name\n`;
  return `${title}\n\n${lines.join("\n")}\n`;
}

function paragraphs(random: Random, most = 6): string[] {
  return Array.from({ length: random.int(3, most) }, () =>
    random.shuffle(sentences).slice(0, random.int(2, 4)).join(" "),
  );
}

function table(random: Random): (string | number)[][] {
  const rows = random
    .shuffle(places)
    .map((place) => [
      place,
      random.int(4, 60),
      random.int(0, 12),
      random.pick(["fait", "à faire", "en cours"]),
    ]);
  return [["Lieu", "Nombre", "Écart", "État"], ...rows];
}

/** A ground, a sky and some shapes, as one photographs walls. */
function picture(random: Random, width: number, height: number): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  const colour = () => [random.int(60, 220), random.int(60, 220), random.int(60, 220)] as const;
  const [sky, ground] = [colour(), colour()];
  const shapes = Array.from({ length: 5 }, () => ({
    x: random.int(0, width),
    y: random.int(height / 3, height),
    reach: random.int(8, width / 5),
    colour: colour(),
  }));
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const shape = shapes.find(
        (each) => Math.abs(each.x - x) < each.reach && Math.abs(each.y - y) < each.reach / 2,
      );
      const [red, green, blue] = shape?.colour ?? (y < height * 0.6 ? sky : ground);
      const shade = 1 - (y / height) * 0.25;
      rgb.set([red * shade, green * shade, blue * shade], (y * width + x) * 3);
    }
  return rgb;
}

const RATE = 8000;

/** Two seconds of a chime (RIFF WAVE, 16-bit mono). */
function wav(random: Random): Buffer {
  const samples = RATE * 2;
  const notes = [random.pick([262, 294, 330]), random.pick([392, 440, 494])];
  const data = Buffer.alloc(samples * 2);
  for (let at = 0; at < samples; at += 1) {
    const note = notes[at < RATE ? 0 : 1] ?? 440;
    const fade = 1 - (at % RATE) / RATE;
    data.writeInt16LE(Math.round(Math.sin((at / RATE) * note * 2 * Math.PI) * fade * 12_000), at * 2);
  }
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}
