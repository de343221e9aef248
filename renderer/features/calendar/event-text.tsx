/** Plain text, as iCalendar has it; addresses in it can be followed. */
export function EventText({ text }: { text: string }) {
  return (
    <p className="event-details__text">
      {text.split(/(https?:\/\/[^\s<>"]+)/).map((part, index) =>
        index % 2 === 0 ? (
          part
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- pieces of one text, in its order
          <a key={index} href={part} target="_blank" rel="noreferrer">
            {part}
          </a>
        ),
      )}
    </p>
  );
}
