/** The sign-in page of the console. */

import { useEffect, useRef, useState } from "preact/hooks";
import { call } from "../parts/api.js";
import type { Speaker } from "../parts/speech.js";
import { explain, facts, type Language } from "./desk";
import type { Session } from "./types";

interface Props {
  language: Language;
  say: Speaker;
  ended: boolean;
  onLanguage: () => void;
  onSignIn: (session: Session) => void;
}

export function SignIn({ language, say, ended, onLanguage, onSignIn }: Props) {
  const { fault, busy, submit } = useSignIn(language, say, onSignIn);
  const alert = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    document.title = `${say.text("sign_in.title")} – ${facts.city[language]}`;
  }, [say, language]);
  useEffect(() => alert.current?.focus(), [fault]);
  return (
    <main class="door">
      <div class="panel">
        <p class="quiet">{facts.city[language]}</p>
        <h1>{say.text("sign_in.title")}</h1>
        {ended && !fault && (
          <p class="note warning" role="status">
            {say.text("desk.ended")}
          </p>
        )}
        {fault && (
          <p class="note danger" role="alert" tabIndex={-1} ref={alert}>
            {fault}
          </p>
        )}
        <Credentials say={say} busy={busy} submit={submit} />
        <p class="row between">
          <a href={`/${language}/`}>{say.text("sign_in.site")}</a>
          <button type="button" class="btn link" lang={language === "uk" ? "en" : "uk"} onClick={onLanguage}>
            {say.text("desk.other_language")}
          </button>
        </p>
      </div>
    </main>
  );
}

function useSignIn(language: Language, say: Speaker, onSignIn: Props["onSignIn"]) {
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy || !(event.currentTarget instanceof HTMLFormElement)) return;
    const values = new FormData(event.currentTarget);
    const username = String(values.get("username")).trim();
    setBusy(true);
    setFault("");
    try {
      const body = { username, password: String(values.get("password")) };
      onSignIn((await call("/sessions", { language, body })).body);
    } catch (error) {
      setFault(explain(say, error));
      setBusy(false);
    }
  };
  return { fault, busy, submit };
}

interface CredentialsProps {
  say: Speaker;
  busy: boolean;
  submit: (event: SubmitEvent) => Promise<void>;
}

function Credentials({ say, busy, submit }: CredentialsProps) {
  const name = {
    id: "username",
    name: "username",
    autocomplete: "username",
    autocapitalize: "none",
  } as const;
  const password = { id: "password", name: "password", autocomplete: "current-password" } as const;
  return (
    <form onSubmit={(event) => void submit(event)}>
      <div class="field">
        <label for="username">{say.text("sign_in.username")}</label>
        <input {...name} spellcheck={false} required />
      </div>
      <div class="field">
        <label for="password">{say.text("sign_in.password")}</label>
        <input {...password} type="password" required />
      </div>
      <button class="btn" type="submit" aria-disabled={busy}>
        {say.text("sign_in.send")}
      </button>
    </form>
  );
}
