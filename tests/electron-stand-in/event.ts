/** What handlers are given first: https://www.electronjs.org/docs/latest/api/structures/event */
export interface StandInEvent {
  readonly defaultPrevented: boolean;
  preventDefault: () => void;
}

export function createEvent(details: object = {}): StandInEvent {
  let isPrevented = false;
  const event: StandInEvent = {
    get defaultPrevented() {
      return isPrevented;
    },
    preventDefault() {
      isPrevented = true;
    },
  };
  Object.defineProperties(event, Object.getOwnPropertyDescriptors(details));
  return event;
}
