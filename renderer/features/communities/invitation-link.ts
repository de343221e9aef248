import { invitationLinkSchema, type InvitationLink } from "#contract/guest-invitations.ts";
import { problemSchema, type Problem } from "#contract/problem.ts";
import { failed, ok, type Result } from "#contract/result.ts";
import { useGatewayPath } from "#renderer/ui/avatar.tsx";

/** Asks for the link of an invitation. The workplace keeps none: each one is new, and the former is worth nothing. */
export function useInvitationLink(): (id: string) => Promise<Result<InvitationLink>> {
  const gateway = useGatewayPath();
  return async (id) => {
    try {
      const response = await fetch(`${gateway}/v1/guest-invitations/${id}/link`, { method: "POST" });
      const body: unknown = await response.json();
      if (response.ok) return ok(invitationLinkSchema.parse(body));
      const told = problemSchema.safeParse(body);
      return failed(told.success ? told.data : unreachable(`status ${response.status}`));
    } catch (error) {
      return failed(unreachable(String(error)));
    }
  };
}

function unreachable(detail: string): Problem {
  return {
    type: "about:blank",
    kind: "unavailable",
    title: "The invitation's link could not be had",
    detail,
  };
}
