/** The link by which a body outside the system answers once. */

import { useEffect, useState } from "preact/hooks";
import { explain, useDesk } from "./desk";
import { Failure, Loading } from "./notices";

export function OutsideLink({ number }: { number: string }) {
  const { ask, say, language } = useDesk();
  const [address, setAddress] = useState("");
  const [fault, setFault] = useState("");
  const load = async () => {
    try {
      const { body } = await ask<{ token: string }>(`/cards/${number}/outside-link`);
      setAddress(`${location.origin}/${language}/outside/#${body.token}`);
      setFault("");
    } catch (error) {
      setFault(explain(say, error));
    }
  };
  useEffect(() => void load(), []);
  if (fault) return <Failure words={fault} retry={() => void load()} />;
  if (!address) return <Loading />;
  return (
    <div class="action">
      <label for="outside-link">{say.text("field.outside_link")}</label>
      <p class="hint" id="outside-link-hint">
        {say.text("field.outside_link_hint")}
      </p>
      <input
        id="outside-link"
        readOnly
        value={address}
        aria-describedby="outside-link-hint"
        onFocus={(event) => event.currentTarget.select()}
      />
    </div>
  );
}
