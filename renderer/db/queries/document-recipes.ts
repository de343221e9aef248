import { documentQueries as q } from "#contract/views/documents.ts";
import { createFolderQuery } from "./document-folder.ts";
import { createLibrariesQuery } from "./document-libraries.ts";
import {
  createFavouritesQuery,
  createRecentQuery,
  createTemplatesQuery,
  createTrashQuery,
} from "./document-lists.ts";
import { createDocumentQuery, createVersionsQuery } from "./document-one.ts";
import { createDocumentSearchQuery } from "./document-search.ts";
import { createSharedWithMeQuery, createSharesQuery } from "./document-shares.ts";
import { recipe, type Recipe } from "./recipe.ts";
import { createUploadBatchesQuery } from "./upload-batches.ts";

export const documentRecipes: Record<keyof typeof q, Recipe> = {
  libraries: recipe(q.libraries.args, createLibrariesQuery),
  folder: recipe(q.folder.args, createFolderQuery),
  document: recipe(q.document.args, createDocumentQuery),
  sharedWithMe: recipe(q.sharedWithMe.args, createSharedWithMeQuery),
  shares: recipe(q.shares.args, createSharesQuery),
  versions: recipe(q.versions.args, createVersionsQuery),
  trash: recipe(q.trash.args, createTrashQuery),
  recent: recipe(q.recent.args, createRecentQuery),
  favourites: recipe(q.favourites.args, createFavouritesQuery),
  templates: recipe(q.templates.args, createTemplatesQuery),
  documentSearch: recipe(q.documentSearch.args, createDocumentSearchQuery),
  uploadBatches: recipe(q.uploadBatches.args, createUploadBatchesQuery),
};
