import { Camera, Images, MapPin, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useLiveQuery, useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { useReportProblem } from "#renderer/parts/use-commands.ts";
import { useDocumentCommands } from "#renderer/parts/use-document-commands.ts";
import { Button, IconButton, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { CheckBox, SelectField } from "#renderer/ui/form.tsx";
import { EmptyState, Note } from "#renderer/ui/note.tsx";
import type { FolderPlace } from "../documents-store.ts";
import { hashOf, originalOf, preparePhoto, readPhoto, type Photo } from "./prepare-photo.ts";
import "./photo-drop.css";

interface Chosen {
  photos: readonly Photo[];
  duplicates: number;
  refused: number;
}

/** Pictures of the field: chosen or shot, they are kept here at once and leave when the line allows it. */
export function PhotoDropDialog({ place, onClose }: { place: FolderPlace; onClose: () => void }) {
  const { t } = useTranslation();
  const [spot, setSpot] = useState(place);
  const [keepsPlace, setKeepsPlace] = useState(false);
  const isPoorLine = useSession((session) => session.isPoorLine);
  // As the line is, until the person says otherwise.
  const [wanted, setReduced] = useState<boolean | null>(null);
  const isReduced = wanted ?? isPoorLine;
  const [hasOriginals, setOriginals] = useState(true);
  const [isBusy, setBusy] = useState(false);
  const [chosen, setChosen] = useState<Chosen>({ photos: [], duplicates: 0, refused: 0 });
  const { items: libraries } = useLiveQuery("libraries", {});
  const send = useSendPhotos();
  const add = async (files: readonly File[]) => {
    setBusy(true);
    let next = { ...chosen, duplicates: 0, refused: 0 };
    for (const file of files) next = withPhoto(next, await readPhoto(file));
    setChosen(next);
    setBusy(false);
  };
  const { photos, duplicates, refused } = chosen;
  return (
    <Dialog title={t("photos.title")} onClose={onClose}>
      <DialogBody>
        <p className="field__hint">{t("photos.hint")}</p>
        <DialogActions>
          <Button onPress={() => choosePictures(true, (files) => void add(files))}>
            <Camera size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("photos.shoot")}
          </Button>
          <Button onPress={() => choosePictures(false, (files) => void add(files))}>
            <Images size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("photos.choose")}
          </Button>
        </DialogActions>
        <div role="status">
          {isBusy ? <Note>{t("photos.preparing")}</Note> : null}
          {duplicates === 0 ? null : <Note>{t("photos.duplicates", { count: duplicates })}</Note>}
          {refused === 0 ? null : <Note tone="wait">{t("photos.notPicture", { count: refused })}</Note>}
        </div>
        {photos.length === 0 ? <EmptyState>{t("photos.none")}</EmptyState> : null}
        <PhotoList
          photos={photos}
          onRemove={(photo) => setChosen({ ...chosen, photos: photos.filter((each) => each !== photo) })}
        />
        <SelectField
          label={t("photos.into")}
          value={spot.scope}
          options={libraries
            .filter(({ canWrite }) => canWrite)
            .map(({ scope, space }) => ({ value: scope, label: space?.name ?? t("documents.mine") }))}
          onChange={(scope) => setSpot(scope === place.scope ? place : { scope, folderId: null })}
        />
        <CheckBox
          label={t("photos.keepPlace")}
          hint={t("photos.keepPlaceHint")}
          isChecked={keepsPlace}
          onChange={setKeepsPlace}
        />
        <CheckBox
          label={t("photos.reduce")}
          hint={t(isPoorLine ? "photos.poorLine" : "photos.reduceHint")}
          isChecked={isReduced}
          onChange={setReduced}
        />
        {isReduced ? (
          <CheckBox
            label={t("photos.originals")}
            hint={t("photos.originalsHint")}
            isChecked={hasOriginals}
            onChange={setOriginals}
          />
        ) : null}
        <DialogActions>
          <Button
            tone="primary"
            isDisabled={isBusy || photos.length === 0}
            onPress={() => {
              setBusy(true);
              void send(spot, photos, { keepsPlace, isReduced, hasOriginals }).then((isSent) => {
                setBusy(false);
                if (isSent) onClose();
              });
            }}
          >
            {t("photos.send", { count: photos.length })}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}

function PhotoList({ photos, onRemove }: { photos: readonly Photo[]; onRemove: (photo: Photo) => void }) {
  const { t } = useTranslation();
  return (
    <ul className="plain-list">
      {photos.map((photo) => (
        <li key={photo.sha256} className="photo-row">
          <span className="photo-row__name">{photo.name}</span>
          {photo.hasPlace ? (
            <span className="field__hint">
              <MapPin size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden /> {t("photos.withPlace")}
            </span>
          ) : null}
          <IconButton
            icon={X}
            label={t("photos.remove", { name: photo.name })}
            onPress={() => onRemove(photo)}
          />
        </li>
      ))}
    </ul>
  );
}

function withPhoto(chosen: Chosen, photo: Photo | null): Chosen {
  if (photo === null) return { ...chosen, refused: chosen.refused + 1 };
  if (chosen.photos.some(({ sha256 }) => sha256 === photo.sha256))
    return { ...chosen, duplicates: chosen.duplicates + 1 };
  return { ...chosen, photos: [...chosen.photos, photo] };
}

/** Puts them into the library, where they wait for the network like every file. False: some could not be kept. */
function useSendPhotos() {
  const { t } = useTranslation();
  const client = useWorker();
  const commands = useDocumentCommands();
  const report = useReportProblem();
  const show = useToasts((state) => state.show);
  return async (
    spot: FolderPlace,
    photos: readonly Photo[],
    wishes: Parameters<typeof preparePhoto>[1] & { hasOriginals: boolean },
  ): Promise<boolean> => {
    const { items } = await client.once("folder", { ...spot, sort: { by: "name", isDescending: false } });
    const present = new Set(items.flatMap(({ bytes }) => bytes?.sha256 ?? []));
    const isPresent = async (file: File) => present.has(await hashOf(await file.arrayBuffer()));
    const files: { file: File; later?: File }[] = [];
    for (const photo of photos) {
      const file = await preparePhoto(photo, wishes);
      const later = wishes.isReduced && wishes.hasOriginals ? await originalOf(photo, wishes) : null;
      // What was sent before the same way is there already.
      if ((await isPresent(file)) || (later !== null && (await isPresent(later)))) continue;
      files.push({ file, ...(later !== null && later.size > file.size ? { later } : {}) });
    }
    if (files.length === 0) {
      show({ tone: "plain", text: t("photos.duplicates", { count: photos.length }) });
      return true;
    }
    const added = await commands.addFiles(spot, files, t("photos.title"));
    for (const { problem } of added.problems.slice(0, 1)) report(problem);
    if (added.files > 0) show({ tone: "plain", text: t("photos.sent", { count: added.files }) });
    return added.problems.length === 0;
  };
}

/** The camera where there is one (phones, tablets), otherwise the system's chooser. */
function choosePictures(isShot: boolean, onChosen: (files: readonly File[]) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = "image/*";
  input.multiple = !isShot;
  if (isShot) input.setAttribute("capture", "environment");
  input.addEventListener("change", () => onChosen([...(input.files ?? [])]));
  input.click();
}
