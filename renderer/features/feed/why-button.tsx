import { Button as AriaButton } from "react-aria-components/Button";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Popover } from "react-aria-components/Popover";
import type { FeedReason } from "#contract/views/feed.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";

interface WhyButtonProps {
  reasons: readonly FeedReason[];
  author: string;
  space: string;
}

/** The strongest reason in a few words; pressed, all of them. Nothing is said where there is nothing to say. */
export function WhyButton({ reasons, author, space }: WhyButtonProps) {
  const { t } = useTranslation();
  const [first] = reasons;
  if (first === undefined || first === "mine") return null;
  return (
    <DialogTrigger>
      <AriaButton className="why">
        {t(`feed.reason.${first}`, { author, space })} <span className="why__ask">{t("feed.why")}</span>
      </AriaButton>
      <Popover className="popover" offset={4} placement="bottom start">
        <Dialog className="why__all">
          <Heading slot="title" level={3} className="why__title">
            {t("feed.why")}
          </Heading>
          <ul>
            {reasons.map((reason) => (
              <li key={reason}>{t(`feed.reason.${reason}`, { author, space })}</li>
            ))}
          </ul>
          <p className="why__how">{t("feed.how")}</p>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
