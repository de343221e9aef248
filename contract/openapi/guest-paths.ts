import { body, json, problems } from "./answers.ts";
import { reference, type JsonObject } from "./components.ts";

export const guestPaths: JsonObject = {
  "/v1/guest-invitations/{id}/link": {
    post: {
      operationId: "createInvitationLink",
      summary:
        "A new link for an invitation, by an animator of its space. The former link is worth nothing from then on.",
      tags: ["guests"],
      parameters: [
        { name: "id", in: "path", required: true, description: "The invitation.", schema: reference("Uuid") },
      ],
      responses: {
        "200": json("InvitationLink", "The link."),
        ...problems("badRequest", "signInRequired", "notFound", "conflict"),
      },
    },
  },
  "/v1/guest-invitations/preview": {
    post: {
      operationId: "previewInvitation",
      summary: "What a link invites to. No credentials needed: the token is the secret.",
      tags: ["guests"],
      security: [],
      requestBody: body("InvitationPreviewRequest"),
      responses: {
        "200": json("InvitationPreview", "The invitation."),
        ...problems("badRequest", "notFound", "tooLarge"),
      },
    },
  },
  "/v1/guest-invitations/accept": {
    post: {
      operationId: "acceptInvitation",
      summary:
        "Makes the guest's account, or takes the one that the address has with its password, and signs in.",
      tags: ["guests"],
      security: [],
      requestBody: body("InvitationAcceptance"),
      responses: {
        "200": json("TokenResponse", "Tokens, as from `/v1/token`."),
        ...problems("badRequest", "notFound", "signInFailed", "conflict", "tooLarge"),
      },
    },
  },
};
