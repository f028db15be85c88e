/** A page that few need, loaded when it is first opened. */

import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useDesk } from "./desk";
import { Failure, Loading } from "./notices";

export interface PageProps {
  filters: URLSearchParams;
}

interface Props extends PageProps {
  load: () => Promise<FunctionComponent<PageProps>>;
}

export function Later({ load, filters }: Props) {
  const { say } = useDesk();
  const [Page, setPage] = useState<FunctionComponent<PageProps> | null>(null);
  const [fault, setFault] = useState("");
  const fetch = () =>
    void load().then(
      (page) => setPage(() => page),
      () => setFault(say.text("desk.error.network")),
    );
  useEffect(fetch, [load]);
  if (Page) return <Page filters={filters} />;
  return fault ? <Failure words={fault} retry={() => location.reload()} /> : <Loading />;
}
