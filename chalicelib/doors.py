"""What stands behind the doors of a centre besides the website: phone, mailbox, waiting appeals."""

from dataclasses import dataclass

from chalicelib.config import Settings
from chalicelib.gateways.mail_bucket import MailBucket
from chalicelib.gateways.recordings import RecordingBucket
from chalicelib.gateways.waiting_queue import SqsWaitingQueue
from chalicelib.store.blocks import BlockStore
from chalicelib.store.calls import CallStore
from chalicelib.store.cursors import Cursors
from chalicelib.store.places import PlaceStore
from chalicelib.store.quarantine import QuarantineStore
from chalicelib.store.receipts import ReceiptStore
from chalicelib.store.tables import Tables
from chalicelib.store.unread_letters import UnreadLetterStore
from chalicelib.usecases.call_ports import Blocks, Calls, RecordingFiles
from chalicelib.usecases.mail_ports import MailFiles, UnreadLetters
from chalicelib.usecases.place_ports import Places
from chalicelib.usecases.quarantine_ports import Quarantine
from chalicelib.usecases.receipts import Receipts
from chalicelib.usecases.waiting import WaitingQueue


@dataclass(frozen=True, slots=True)
class Doors:
    """The collaborators of intake that are not the card's own."""

    places: Places
    calls: Calls
    blocks: Blocks
    recordings: RecordingFiles
    receipts: Receipts
    waiting: WaitingQueue
    mail: MailFiles
    letters: UnreadLetters
    quarantine: Quarantine


def doors(settings: Settings, tables: Tables, cursors: Cursors) -> Doors:
    """Return the doors of a deployed stage."""
    return Doors(
        places=PlaceStore(tables),
        calls=CallStore(tables),
        blocks=BlockStore(tables),
        recordings=RecordingBucket(settings.recordings_bucket),
        receipts=ReceiptStore(tables),
        waiting=SqsWaitingQueue(settings.waiting_queue),
        mail=MailBucket(settings.mail_bucket),
        letters=UnreadLetterStore(tables),
        quarantine=QuarantineStore(tables, cursors),
    )
