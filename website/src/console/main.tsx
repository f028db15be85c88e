/** The staff console: sign in, then queue, cards and requests. */

import { render } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { usePlace } from "./address";
import { CallsPage } from "./calls";
import { CardPage } from "./card";
import { CityMessagePage } from "./city_message";
import { DeskContext, loadWords, makeDesk, speak, type Desk, type Language } from "./desk";
import { DirectoryPage } from "./directory";
import { Frame } from "./frame";
import { LettersPage } from "./letters";
import { Later } from "./later";
import { useLine } from "./live";
import { PlacesPage } from "./places";
import { PostPage } from "./post";
import { QuarantinePage } from "./quarantine";
import { QueuePage } from "./queue";
import { ReportsPage } from "./reports";
import { RequestsPage } from "./requests";
import { SignIn } from "./sign_in";
import {
  borrowSession,
  forgetDrafts,
  lendSession,
  readLanguage,
  readSession,
  writeLanguage,
  writeSession,
} from "./storage";
import type { Session } from "./types";
import { WorksPage } from "./works";

function Console() {
  const [language, setLanguage] = useState<Language>(readLanguage);
  const [session, setSession] = useState<Session | null>(readSession);
  const [ended, setEnded] = useState(false);
  const keep = (next: Session | null) => {
    writeSession(next);
    setSession(next);
  };
  const leave = () => {
    keep(null);
    setEnded(true);
  };
  const line = useLine(session);
  const desk = useMemo(
    () => session && line && makeDesk(language, session, line, leave),
    [language, session, line],
  );
  const say = useMemo(() => speak(language), [language]);
  const switchLanguage = () => {
    const other = language === "uk" ? "en" : "uk";
    void loadWords(other).then(() => {
      writeLanguage(other);
      setLanguage(other);
    });
  };
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => (session ? lendSession(session) : borrowSession(keep)), [session]);
  if (!desk)
    return <SignIn language={language} say={say} ended={ended} onLanguage={switchLanguage} onSignIn={keep} />;
  const signOut = () => {
    void desk.ask("/sessions", { method: "DELETE" }).catch(() => undefined);
    setEnded(false);
    forgetDrafts();
    keep(null);
  };
  return (
    <DeskContext.Provider value={desk}>
      <Frame onLanguage={switchLanguage} onSignOut={signOut}>
        <Section desk={desk} />
      </Frame>
    </DeskContext.Provider>
  );
}

/** Pages of those who take calls, loaded when they are first opened. */
const intake = () => import("./intake").then((page) => page.IntakePage);
const blocks = () => import("./blocks").then((page) => page.BlocksPage);

function Section({ desk }: { desk: Desk }) {
  const place = usePlace();
  if (place.section === "cards" && place.id)
    return <CardPage key={`${place.id}${desk.language}`} number={place.id} />;
  if (place.section === "intake") return <Later key={desk.language} load={intake} filters={place.filters} />;
  if (place.section === "blocks") return <Later key={desk.language} load={blocks} filters={place.filters} />;
  if (place.section === "calls") return <CallsPage key={desk.language} />;
  if (place.section === "quarantine")
    return <QuarantinePage key={`${place.filters}${desk.language}`} filters={place.filters} />;
  if (place.section === "letters") return <LettersPage key={desk.language} />;
  if (place.section === "post") return <PostPage key={desk.language} />;
  if (place.section === "requests") return <RequestsPage key={desk.language} />;
  if (place.section === "directory") return <DirectoryPage key={desk.language} />;
  if (place.section === "works")
    return <WorksPage key={`${place.filters}${desk.language}`} filters={place.filters} />;
  if (place.section === "message") return <CityMessagePage key={desk.language} />;
  if (place.section === "reports" && place.id === "places") return <PlacesPage key={desk.language} />;
  if (place.section === "reports") return <ReportsPage key={desk.language} />;
  return <QueuePage key={`${place.filters}${desk.language}`} filters={place.filters} />;
}

const root = document.getElementById("console");
if (root) void loadWords(readLanguage()).then(() => render(<Console />, root));
