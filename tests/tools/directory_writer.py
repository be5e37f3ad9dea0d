"""A program to kill: it writes rounds of structures and services, as people do, each in one unit of work."""

import sys
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.changes import Act, Actor
from portal.core.content_hash import content_hash
from portal.core.database import Database
from portal.core.models import ActorKind
from portal.directory.content import CONTENTS
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.operations.lifecycle import close_service, publish_service
from portal.directory.operations.services import change_service, create_service
from portal.directory.operations.structures import create_structure
from tests.tools.obeying import obey

SERVICES = 25
START = datetime(2026, 11, 21, 8, tzinfo=UTC)
WRITER = Actor(kind=ActorKind.PERSON, name="Secrétariat")


def write_round(database: Database, number: int) -> str:
    """Create and publish services, rename those of the last round, close those of the one before; tell the hash."""
    act = Act(by=WRITER, at=START + timedelta(minutes=number), reason="mise à jour")
    with database.writing() as session:
        structure = create_structure(session, act=act, name=f"Communauté {number}")
        session.flush()
        for index in range(SERVICES):
            service = create_service(session, structure=structure, act=act, title=f"Relais {number}-{index}")
            publish_service(session, service=service, act=act)
        for service in services_of(session, number - 1):
            change_service(session, service=service, act=act, title=f"{service.title} bis", summary="Pour les parents.")
        for service in services_of(session, number - 2):
            close_service(session, service=service, act=act)
        session.flush()
        return content_hash(session, CONTENTS)


def services_of(session: Session, number: int) -> list[Service]:
    """List the services of a round."""
    named = select(Service).where(Service.title.startswith(f"Relais {number}-"))
    return list(session.scalars(named.order_by(Service.id)))


def next_round(database: Database) -> int:
    """Tell the number of the round that comes next."""
    with database.reading() as session:
        return (session.scalar(select(func.count(Structure.id))) or 0) + 1


if __name__ == "__main__":
    obey(sys.argv[1:], write_round, next_round)
