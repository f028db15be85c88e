"""Events of SES as EventBridge brings them, in the shape that AWS documents; values are ours."""

from typing import Any, Final

from chalicelib.domain.mail_event import NOTICE_TAG, tag_of

READER: Final = "oksana@example.com"
AT: Final = "2026-03-02T10:20:02Z"

_TITLES: Final = {
    "Bounce": "Email Bounced",
    "Complaint": "Email Complaint Received",
    "Reject": "Email Rejected",
    "DeliveryDelay": "Email Delivery Delayed",
    "Delivery": "Email Delivered",
}


def ses_event(kind: str, notice: str | None, **details: Any) -> dict[str, Any]:
    """Return one event in its envelope."""
    tags: dict[str, list[str]] = {"ses:configuration-set": ["city"]}
    if notice is not None:
        tags[NOTICE_TAG] = [tag_of(notice)]
    return {
        "version": "0",
        "id": "11112222-3333-4444-5555-666677778888",
        "detail-type": _TITLES[kind],
        "source": "aws.ses",
        "account": "123456789012",
        "time": AT,
        "region": "eu-central-1",
        "resources": ["arn:aws:ses:eu-central-1:123456789012:configuration-set/city"],
        "detail": {
            "eventType": kind,
            **details,
            "mail": {
                "timestamp": "2026-03-02T10:20:00.000Z",
                "source": "Contact Centre <notices@example.org>",
                "messageId": "0107018c-EXAMPLE-000000",
                "destination": [READER],
                "tags": tags,
            },
        },
    }


def bounce(notice: str | None, kind: str = "Permanent", to: str = READER) -> dict[str, Any]:
    """Return a letter that came back."""
    recipient = {"emailAddress": to, "action": "failed", "status": "5.1.1"}
    told = {
        "bounceType": kind,
        "bounceSubType": "General",
        "bouncedRecipients": [recipient],
        "timestamp": "2026-03-02T10:20:02.669Z",
    }
    return ses_event("Bounce", notice, bounce=told)


def complaint(notice: str | None, to: str = READER) -> dict[str, Any]:
    """Return a letter that its reader called spam."""
    told = {
        "complainedRecipients": [{"emailAddress": to}],
        "timestamp": "2026-03-02T11:00:00.000Z",
        "complaintFeedbackType": "abuse",
    }
    return ses_event("Complaint", notice, complaint=told)


def delay(notice: str | None) -> dict[str, Any]:
    """Return a letter that SES goes on trying to deliver."""
    told = {
        "timestamp": "2026-03-02T10:25:00.000Z",
        "delayType": "MailboxFull",
        "expirationTime": "2026-03-03T00:05:00.000Z",
        "delayedRecipients": [{"emailAddress": READER, "status": "4.4.1"}],
    }
    return ses_event("DeliveryDelay", notice, deliveryDelay=told)
