"""Which of a state's nonmetropolitan areas a town outside the metro areas belongs to, judged by where it lies.

The statistics office lists counties for each of these areas, but no package carries that list. Titles name the part
of the state ("Northwest Minnesota"), so the town's place between the state's edges decides; for titles that name no
direction, towns that lie inside are given here. This is a likelihood, and is told as one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.conversation.places.compass import direction_in

Spot = tuple[float, float]  # latitude, longitude

# Areas whose title names no direction, or one that misleads: places that lie inside.
INSIDE: Mapping[str, Sequence[Spot]] = {
    "4800005": ((29.4, -100.9), (30.4, -103.7), (28.0, -99.2), (26.6, -98.5)),  # Del Rio, Alpine, Cotulla
    "4800006": ((28.4, -97.7), (29.0, -96.2), (29.5, -97.4), (27.5, -97.9)),  # Beeville, Bay City, Gonzales, Kingsville
    "4800003": ((31.3, -94.7), (30.7, -95.5), (31.8, -95.6), (32.2, -95.0)),  # Lufkin, Huntsville, Palestine
    "4800004": ((30.0, -99.1), (30.3, -98.9), (30.7, -99.2), (31.1, -98.2)),  # Kerrville, Fredericksburg, Mason
    "4800002": ((33.7, -95.6), (33.6, -97.1), (32.1, -96.5), (32.4, -97.8)),  # Paris, Gainesville, Corsicana
    "4800001": ((32.2, -101.5), (35.5, -101.0), (33.6, -102.4), (32.7, -99.1), (34.1, -101.7)),  # Big Spring, Pampa
    "3600001": ((44.7, -73.5), (44.3, -74.1), (44.6, -75.1), (42.7, -73.9)),  # Plattsburgh, Lake Placid, Potsdam
    "3600006": ((42.5, -75.1), (42.5, -75.5), (43.1, -75.3)),  # Oneonta, Norwich
    "3600004": ((42.1, -78.4), (42.1, -79.2), (42.3, -77.8)),  # Olean, Jamestown, Hornell
    "0600006": ((37.4, -118.4), (38.0, -120.4), (38.4, -120.8)),  # Bishop, Sonora, Jackson
    "0600003": ((40.8, -124.2), (39.4, -123.4), (38.9, -122.6)),  # Eureka, Willits, Lakeport
    "0600007": ((41.3, -122.3), (39.9, -120.9), (40.4, -120.7), (39.5, -122.2)),  # Mount Shasta, Quincy, Susanville
    "4900011": ((38.6, -109.5), (39.6, -110.8), (40.5, -109.5), (38.8, -112.1)),  # Moab, Price, Vernal, Richfield
    "4900010": ((40.6, -111.5), (40.5, -112.3), (41.7, -112.2), (40.5, -111.4)),  # Park City, Tooele, Heber City
    "4100006": ((44.6, -124.1), (43.4, -124.2), (46.2, -123.8), (42.1, -124.3)),  # Newport, Coos Bay, Astoria
    "2800005": ((33.4, -91.1), (34.2, -90.6), (33.5, -90.2)),  # Greenville, Clarksdale, Greenwood
    "2800006": ((33.5, -88.4), (34.3, -88.7), (33.5, -88.8)),  # Columbus, Tupelo, Starkville
    "2800008": ((31.7, -89.1), (32.4, -88.7)),  # Laurel, Meridian
    "2800007": ((31.6, -91.4), (31.2, -90.5), (31.6, -90.4)),  # Natchez, McComb, Brookhaven
    "5100002": ((36.6, -79.4), (36.7, -78.5), (37.3, -78.4)),  # Danville, South Boston, Farmville
    "5600006": ((41.6, -109.2), (43.5, -110.8), (41.3, -111.0), (44.5, -109.1)),  # Rock Springs, Jackson, Cody
    "3000006": ((47.0, -109.4), (46.4, -105.8), (47.1, -104.7), (48.6, -109.7)),  # Lewistown, Miles City, Havre
    "3000003": ((45.7, -111.0), (46.0, -112.5), (45.2, -112.6)),  # Butte, Dillon
    "3000004": ((48.2, -114.3), (47.7, -114.2), (46.2, -114.2)),  # Kalispell, Polson, Hamilton
    "1600006": ((46.7, -117.0), (48.3, -116.6), (44.9, -116.1)),  # Moscow, Sandpoint, McCall
    "1600007": ((42.6, -114.5), (43.5, -114.3), (43.5, -112.0), (44.5, -114.2)),  # Sun Valley, Salmon
    "3900002": ((40.8, -81.9), (41.4, -82.7), (41.9, -80.8), (40.9, -82.3)),  # Wooster, Sandusky, Ashtabula
    "3900001": ((41.3, -84.1), (40.6, -84.6), (41.0, -83.6)),  # Napoleon, Celina, Findlay
    "3900004": ((38.7, -83.0), (39.3, -82.1), (39.3, -83.0), (39.2, -83.6)),  # Portsmouth, Athens, Chillicothe
    "3900003": ((39.9, -82.0), (40.0, -81.6), (40.5, -81.5)),  # Zanesville, Cambridge, New Philadelphia
    "0800001": ((40.6, -103.2), (38.0, -102.6), (37.2, -104.5), (38.4, -105.3)),  # Sterling, Lamar, Trinidad
    "0800003": ((40.5, -106.8), (39.6, -106.4), (39.5, -107.3), (39.2, -106.8)),  # Steamboat, Vail, Aspen
    "0800002": ((37.3, -107.9), (38.5, -107.9), (37.5, -105.9), (38.5, -106.9)),  # Durango, Montrose, Alamosa
}  # fmt: skip


def likely_area(spot: Spot, areas: Mapping[str, str], middle: Spot, reach: Spot) -> list[str]:
    """Codes of `areas` (code -> title), likeliest first, for a town at `spot`.

    `middle` and `reach` say where the state's towns outside metro areas lie: their middle, and how far they go.
    """
    x = (spot[1] - middle[1]) / (reach[1] or 1)
    y = (spot[0] - middle[0]) / (reach[0] or 1)

    def away(code: str) -> float:
        inside = INSIDE.get(code)
        if inside:
            return min(((spot[0] - lat) / (reach[0] or 1)) ** 2 + ((spot[1] - lon) / (reach[1] or 1)) ** 2
                       for lat, lon in inside)  # fmt: skip
        east, north = direction_in(areas[code])
        return (x - east) ** 2 + (y - north) ** 2

    return sorted(areas, key=lambda code: (away(code), code))
