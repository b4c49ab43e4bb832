"""Who sends to which chat: a row for each chat under way, with its holder and the time until when.

No leader and no messages between processes: whoever comes to a chat that nobody holds, or whose holder has not renewed
its lease in time, takes it. A lease is taken first and the parcels are read after, so that what the last holder has
sent meanwhile is not seen any more.

While the server is away nobody can renew a lease, nor note what is out already. So after a start of the server all
leases count for a moment, however old: each holder notes and renews before anybody takes over.
"""

from __future__ import annotations

from collections.abc import Collection

from bot.store.postgres.database import Connection

RENEWED_BELOW = 2 / 3  # of a lease; to renew at each look would write a row a chat some hundred times a second

GRACE = 5.0  # seconds after a start of the server; a holder that lives looks every half second
JUST_BACK = "pg_postmaster_start_time() > now() - %(grace)s * interval '1 second'"

# The oldest parcels that nobody else is about to send, and the chats of what is in hand under their numbers of today.
WANTED = f"""
    SELECT chat FROM (
        SELECT chat FROM outbox WHERE number <> ALL(%(in_hand)s) AND NOT EXISTS (
            SELECT 1 FROM leases
            WHERE leases.chat = outbox.chat AND leases.holder <> %(holder)s
                AND (leases.until >= now() OR {JUST_BACK}))
        ORDER BY number LIMIT %(limit)s) AS oldest
    UNION SELECT chat FROM outbox WHERE number = ANY(%(in_hand)s)"""
LET_GO = "DELETE FROM leases WHERE holder = %(holder)s AND chat <> ALL(%(chats)s)"
TAKE = f"""
    INSERT INTO leases (chat, holder, until)
        SELECT chat, %(holder)s, now() + %(seconds)s * interval '1 second' FROM unnest(%(chats)s::bigint[]) AS chat
        ORDER BY chat
    ON CONFLICT (chat) DO UPDATE SET holder = excluded.holder, until = excluded.until
        WHERE leases.until < now() AND NOT {JUST_BACK}
            OR leases.holder = excluded.holder AND leases.until < now() + %(renewed)s * interval '1 second'"""
OURS = "chat IN (SELECT chat FROM leases WHERE holder = %(holder)s AND until >= now())"
STILL = f"SELECT number FROM outbox WHERE number = ANY(%(in_hand)s) AND {OURS}"
PARCELS = f"""
    SELECT number, chat, person, media, sealed FROM outbox
    WHERE number <> ALL(%(in_hand)s) AND {OURS} ORDER BY number LIMIT %(limit)s"""

Row = tuple[int, int, int, int, str]


async def lease(
    db: Connection, holder: str, in_hand: Collection[int], seconds: float, limit: int
) -> tuple[list[Row], set[int]]:
    """Rows of the outbox that are now `holder`'s to send, and the numbers `in_hand` that no longer are."""
    given = {"holder": holder, "in_hand": [*in_hand], "limit": limit, "seconds": seconds, "grace": GRACE}
    wanted = [chat for (chat,) in await (await db.execute(WANTED, given)).fetchall()]
    given |= {"chats": wanted, "renewed": seconds * RENEWED_BELOW}
    if not wanted:
        await db.execute(LET_GO, given)
        return [], set(in_hand)
    async with db.pipeline():
        await db.execute(LET_GO, given)
        await db.execute(TAKE, given)
        still = await db.execute(STILL, given)
        rows = await db.execute(PARCELS, given)
    return await rows.fetchall(), set(in_hand) - {number for (number,) in await still.fetchall()}
