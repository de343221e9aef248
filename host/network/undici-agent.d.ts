/** The one part of the library that is used: all of it would take three times the memory. */
declare module "undici/lib/dispatcher/agent.js" {
  import { Agent } from "undici";

  export default Agent;
}
