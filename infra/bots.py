"""The city's bots: `python -m infra.bots set-webhook --channel telegram --city … --stage …`.

Enters a token into the secret of the stack (it is asked for and never shown) and tells the
messenger where the city listens, and by what it proves itself. `show` says how it sees us.
"""

import argparse
import getpass
import json
from dataclasses import dataclass
from typing import Any

import urllib3

from chalicelib.domain.bots import CHANNELS, PREVIOUS, TELEGRAM, Bot, bots_of
from infra.deploy import stack_name
from infra.progress import give_up, step
from infra.stack import Cloud, Stack

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
MOST_CONNECTIONS = 20
VIBER_EVENTS = ["failed", "subscribed", "unsubscribed", "conversation_started"]
BASES = {"telegram": "https://api.telegram.org", "viber": "https://chatapi.viber.com"}
COMMANDS = [
    {"command": "new", "description": "Подати звернення"},
    {"command": "my", "description": "Мої звернення"},
    {"command": "nearby", "description": "Роботи поруч"},
    {"command": "lang", "description": "English / українська"},
    {"command": "help", "description": "Допомога"},
]


@dataclass(frozen=True)
class BotSecret:
    """The secret of a stack that holds its bots' tokens."""

    client: Any
    name: str

    def entries(self) -> dict[str, str]:
        """What the secret holds."""
        answer = self.client.get_secret_value(SecretId=self.name)
        found: dict[str, str] = json.loads(answer["SecretString"])
        return found

    def enter(self, channel: str, token: str) -> Bot:
        """Keep a channel's token; the one before it still proves what is on its way."""
        entries = self.entries()
        before = entries.get(channel, "")
        if before != token:
            if before:
                entries[PREVIOUS + channel] = before
            entries[channel] = token
            self.client.put_secret_value(SecretId=self.name, SecretString=json.dumps(entries))
        return bots_of(entries)[channel]

    def bot(self, channel: str) -> Bot | None:
        """The bot of a channel, None where it has no token."""
        return bots_of(self.entries()).get(channel)


def secret_of(stack: Stack) -> BotSecret:
    """The secret of a stack's bots."""
    return BotSecret(stack.cloud.client("secretsmanager"), f"{stack.name}-chats")


def webhook(bot: Bot, site: str) -> str:
    """Where a bot's messenger calls us."""
    return f"{site}/api/webhooks/{bot.channel}/{bot.keys[0]}"


def facts(bot: Bot, site: str, base: str) -> dict[str, str]:
    """What somebody must know who plays the messenger of a city on this machine."""
    known = {"webhook": webhook(bot, site), "api_base": base, "token": bot.token}
    return {**known, "secret": bot.secrets[0]} if bot.channel == TELEGRAM else known


def tell_messenger(bot: Bot, site: str, base: str) -> dict[str, Any]:
    """Tell a messenger where we listen; return what it answers."""
    if bot.channel == TELEGRAM:
        asked = {
            "url": webhook(bot, site),
            "secret_token": bot.secrets[0],
            "max_connections": MOST_CONNECTIONS,
            "allowed_updates": ALLOWED_UPDATES,
            "drop_pending_updates": False,
        }
        answered = _telegram(bot, base, "setWebhook", asked)
        _telegram(bot, base, "setMyCommands", {"commands": COMMANDS})
        return answered
    asked = {"url": webhook(bot, site), "event_types": VIBER_EVENTS, "send_name": False}
    return _viber(bot, base, "/pa/set_webhook", asked)


def shown(bot: Bot, base: str) -> dict[str, Any]:
    """How a messenger sees us: its webhook, and what waits or has failed."""
    if bot.channel == TELEGRAM:
        return _telegram(bot, base, "getWebhookInfo", {})
    return _viber(bot, base, "/pa/get_account_info", {})


def _telegram(bot: Bot, base: str, method: str, body: dict[str, Any]) -> dict[str, Any]:
    return _post(f"{base}/bot{bot.token}/{method}", body, {})


def _viber(bot: Bot, base: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    return _post(base + path, body, {"X-Viber-Auth-Token": bot.token})


def _post(url: str, body: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
    try:
        answer = urllib3.request(
            "POST", url, json=body, headers=headers, retries=False, redirect=False, timeout=15
        )
    except urllib3.exceptions.HTTPError:
        give_up("The messenger does not answer.")
    said: dict[str, Any] = json.loads(answer.data)
    return said


def main() -> None:
    """Read the command line and do what it asks for."""
    parser = argparse.ArgumentParser(description="Connect the city's bots to their messengers.")
    parser.add_argument("action", choices=["set-webhook", "show"])
    parser.add_argument("--channel", choices=CHANNELS, required=True)
    parser.add_argument("--city", required=True)
    parser.add_argument("--stage", choices=["production", "staging"], required=True)
    parser.add_argument("--site", help="public origin; the distribution's own if not given")
    parser.add_argument("--region", default="eu-central-1")
    given = parser.parse_args()
    suffix = "" if given.stage == "production" else f"-{given.stage}"
    stack = Stack(Cloud(given.region), stack_name(given.city) + suffix)
    if not stack.status():
        give_up(f"There is no stack {stack.name}: deploy the city first.")
    secret, base = secret_of(stack), BASES[given.channel]
    if given.action == "show":
        bot = secret.bot(given.channel)
        print(json.dumps(shown(bot, base), indent=2) if bot else "  No token is entered.")
        return
    site = given.site or f"https://{stack.outputs()['FrontDomain']}"
    token = getpass.getpass(f"Token of the {given.channel} bot (not shown): ").strip()
    if not token:
        give_up("No token was given.")
    with step(f"Webhook of {given.channel}") as said:
        answered = tell_messenger(secret.enter(given.channel, token), site, base)
        said.detail = str(answered.get("description") or answered.get("status_message") or "")


if __name__ == "__main__":
    main()
