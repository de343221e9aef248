/** What handlers are given first: https://www.electronjs.org/docs/latest/api/structures/event */
export interface StandInEvent {
  readonly defaultPrevented: boolean;
  preventDefault: () => void;
}

export function createEvent<T extends object>(details?: T): StandInEvent & T {
  let isPrevented = false;
  const event: StandInEvent = {
    get defaultPrevented() {
      return isPrevented;
    },
    preventDefault() {
      isPrevented = true;
    },
  };
  return details === undefined ? withDetails(event, {}) : withDetails(event, details);
}

function withDetails<T>(event: StandInEvent, details: object): StandInEvent & T;
function withDetails(event: StandInEvent, details: object): StandInEvent {
  Object.defineProperties(event, Object.getOwnPropertyDescriptors(details));
  return event;
}
