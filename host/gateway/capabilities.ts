import { capabilitiesSchema, type Capabilities } from "#contract/capabilities.ts";
import { AppError } from "#contract/problem.ts";
import { CONTRACT_VERSION, OLDEST_CONTRACT_VERSION } from "#contract/version.ts";

/** @throws AppError notAWorkplace, contractTooNew or contractTooOld (seen from here: the backend's contract is) */
export function parseCapabilities(json: unknown, origin: string): Capabilities {
  const parsed = capabilitiesSchema.safeParse(json);
  if (!parsed.success) throw notAWorkplace(json, origin, parsed.error.issues[0]?.path.join("."));
  const { oldest, version } = parsed.data.contract;
  if (oldest > CONTRACT_VERSION) {
    throw new AppError("contractTooNew", {
      title: "This Parvis is too old for the workplace",
      detail: `${origin} speaks contract ${oldest} to ${version}, this Parvis ${CONTRACT_VERSION}: update Parvis.`,
    });
  }
  if (version < OLDEST_CONTRACT_VERSION) {
    throw new AppError("contractTooOld", {
      title: "The workplace is too old for this Parvis",
      detail: `${origin} speaks contract ${version}, this Parvis needs ${OLDEST_CONTRACT_VERSION}: the workplace has to be updated.`,
    });
  }
  return parsed.data;
}

/** A workplace whose contract is so new that its capabilities no longer fit is still told apart from anything else. */
function notAWorkplace(json: unknown, origin: string, field: string | undefined): AppError {
  const isOurs = typeof json === "object" && json !== null && "service" in json && json.service === "parvis";
  if (isOurs) {
    return new AppError("contractTooNew", {
      title: "This Parvis does not understand the workplace",
      detail: `The capabilities of ${origin} do not fit the contract (${field ?? "?"}): update Parvis or the workplace.`,
    });
  }
  return new AppError("notAWorkplace", {
    title: "What answers at this address is not a workplace",
    detail: `${origin} answered, but not as a workplace does.`,
  });
}
