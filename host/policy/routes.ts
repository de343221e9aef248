import { defineRoutes, type Routes } from "../routes.ts";
import type { Policies } from "./policies.ts";

export function policyRoutes(policies: Policies): Routes {
  return defineRoutes({ "policies.get": () => policies.status() });
}
