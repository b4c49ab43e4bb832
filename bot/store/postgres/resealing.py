"""Everything sealed anew with the first data key, while the bots go on."""

from __future__ import annotations

from bot.store.postgres.database import Database
from bot.store.postgres.statements import SEALED
from bot.store.sealing import Sealer

AT_ONCE = 500


async def reseal(url: str, sealer: Sealer) -> int:
    """How many rows. Raises StoreError; run again, it begins anew. All bots must seal with that key already."""
    reading, writing = await Database(url).first(), await Database(url).first()
    total = 0
    async with reading, writing:
        for table, key in SEALED.items():
            names = ", ".join(key)
            # What a bot has kept meanwhile is sealed with the first key anyway, and must not be put back.
            where = " AND ".join(f"{name} = %s" for name in (*key, "sealed"))
            async with reading.cursor("rows") as rows:
                await rows.execute(f"SELECT {names}, sealed FROM {table} WHERE sealed <> ''")
                while batch := await rows.fetchmany(AT_ONCE):
                    new = [(sealer.again(row[-1]), *row) for row in batch]
                    async with writing.transaction(), writing.cursor() as cursor:
                        await cursor.executemany(f"UPDATE {table} SET sealed = %s WHERE {where}", new)
                    total += len(batch)
    return total
