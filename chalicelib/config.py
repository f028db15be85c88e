"""What a deployment decides, checked once and frozen."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.domain.notice import Medium


class Settings(BaseModel):
    """The settings of one stage; names are those of the functions' environment, in lower case.

    Attributes:
        city: folder of the city's data.
        table_prefix: what names of tables begin with.
        secret_arn: where the keys of codes and tokens are kept.
        site_url: the public origin, without a slash at the end.
        upload_url: where browsers post files.
        demo_limits: by how much rate limits are multiplied; 1 in production.
        local_endpoint: where the local cloud answers; empty on AWS.
        allow_time_travel: whether a sweep may be told a time ahead of the clock.
        mail_queue, sms_queue, hook_queue, chat_queue, live_queue: addresses of the queues of
            the senders; empty in functions that put nothing there.
        mail_from: the address that letters come from; empty for the centre's own.
        mail_events: the configuration set by which SES tells of bounces; empty for nowhere.
        sms_url: where a country's gateway takes SMS; empty sends them by SNS.
        sms_sender: the registered name that phones show.
        sockets_endpoint: where the WebSocket gateway lets functions speak to connections.
        recordings_bucket: where recorded calls are kept; empty where no function hears them.
        waiting_queue: where appeals wait for the database.
        mail_bucket: where the mail server puts what arrives at the official address.
        open_telephony: whether a telephone exchange is answered without its key: rehearsals only.
        chat_secret_arn: where the bots' tokens are kept; empty switches the messengers off.
        conversation_queue: where webhooks put what residents write in messengers.
        conversation_dead_queue: where what cannot be worked on is put aside.
        telegram_api_base, viber_api_base: where the messengers take what is written to residents.
        viber_paid_a_month: how many messages outside of a conversation the city pays Viber for.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    city: str
    stage: str = "local"
    table_prefix: str
    evidence_bucket: str
    secret_arn: str
    user_pool_id: str
    user_pool_client_id: str
    jwks_url: str
    issuer: str
    site_url: str
    upload_url: str
    demo_limits: int = Field(default=1, ge=1)
    local_endpoint: str = ""
    aws_region: str = "eu-central-1"
    allow_time_travel: bool = False
    mail_queue: str = ""
    sms_queue: str = ""
    hook_queue: str = ""
    chat_queue: str = ""
    live_queue: str = ""
    mail_from: str = ""
    mail_events: str = ""
    sms_url: str = ""
    sms_sender: str = ""
    sockets_endpoint: str = ""
    recordings_bucket: str = ""
    waiting_queue: str = ""
    mail_bucket: str = ""
    open_telephony: bool = False
    chat_secret_arn: str = ""
    conversation_queue: str = ""
    conversation_dead_queue: str = ""
    telegram_api_base: str = "https://api.telegram.org"
    viber_api_base: str = "https://chatapi.viber.com"
    viber_paid_a_month: int = 1000

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the settings. Raises pydantic's ValidationError naming every missing one."""
        return cls.model_validate(
            {name.lower(): value for name, value in environment.items() if value != ""}
        )

    @property
    def proxies(self) -> int:
        """How many of our own stand before a function and add to X-Forwarded-For."""
        return 1 if self.local_endpoint else 2

    @property
    def queues(self) -> Mapping[Medium, str]:
        """The addresses of the senders' queues, by what they send."""
        return {
            Medium.EMAIL: self.mail_queue,
            Medium.SMS: self.sms_queue,
            Medium.WEBHOOK: self.hook_queue,
            Medium.TELEGRAM: self.chat_queue,
            Medium.VIBER: self.chat_queue,
        }

    @property
    def posts_a_minute(self) -> int:
        """How many public POSTs one address may send in a minute."""
        return 30 * self.demo_limits

    @property
    def appeals_a_day(self) -> int:
        """How many appeals one contact may send in 24 hours."""
        return 10 * self.demo_limits
