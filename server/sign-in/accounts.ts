import { AppError } from "#contract/problem.ts";
import type { PersonId } from "#contract/ids.ts";
import type { AccountStore } from "../store/store.ts";
import type { VerifiedIdentity } from "./id-token.ts";

/**
 * Who this identity is here: by issuer and subject, or the first time by verified e-mail, which is then remembered.
 * An account that already belongs to another subject is never taken over by e-mail: addresses get reused.
 * @throws AppError signInFailed
 */
export async function findAccount(accounts: AccountStore, identity: VerifiedIdentity): Promise<PersonId> {
  const { issuer, subject, email } = identity;
  const known = await accounts.bySubject(issuer, subject);
  if (known !== undefined) {
    if (known.isDisabled) throw askAdministrator();
    return known.personId;
  }
  const candidate = email === undefined ? undefined : await accounts.byEmail(email);
  if (candidate === undefined || candidate.isDisabled || candidate.subject !== undefined)
    throw askAdministrator();
  if (!(await accounts.bindSubject(candidate.personId, issuer, subject))) throw askAdministrator();
  return candidate.personId;
}

function askAdministrator(): AppError {
  return new AppError("signInFailed", {
    title: "No account here belongs to this identity",
    detail:
      "The sign-in service knows you, this workplace does not. Ask its administrator to add your e-mail address to an account.",
  });
}
