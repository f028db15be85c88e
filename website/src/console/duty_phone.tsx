/** The phone of an executor's duty officer, to hand an appeal over in a call (K-5.1.2). */

import { useEffect, useState } from "preact/hooks";
import { useDesk } from "./desk";
import type { Executor } from "./directory_types";

export function DutyPhone({ executor }: { executor: string }) {
  const { list, say } = useDesk();
  const [phone, setPhone] = useState("");
  useEffect(() => {
    let last = true;
    const put = (found: Executor[]) => {
      if (last) setPhone(found.find(({ id }) => id === executor)?.duty_phone ?? "");
    };
    void list<Executor>("/executors").then(put, () => undefined);
    return () => {
      last = false;
    };
  }, [executor]);
  if (!phone) return null;
  return (
    <>
      {say.text("intake.duty")} <a href={`tel:${phone.replace(/[^\d+]/g, "")}`}>{phone}</a>
    </>
  );
}
