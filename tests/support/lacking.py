"""What a machine may lack, and the tests that are skipped without it."""

import pytest

from workbook.languages import Bilingual, bilingual

CHROMIUM = Bilingual(
    "no Chromium or Chrome was found; on Debian: sudo apt install chromium",
    "لم يوجد Chromium ولا Chrome، ويثبّته في Debian الأمر sudo apt install chromium",
)
NGINX = Bilingual(
    "no nginx was found; on Debian: sudo apt install nginx-light",
    "لم يوجد nginx، ويثبّته في Debian الأمر sudo apt install nginx-light",
)
NPM = Bilingual(
    "no npm was found, which fetches what the site's interpreter is made of; "
    "on Debian: sudo apt install npm",
    "لم يوجد npm الذي يجلب ما يتكوّن منه مفسّر الموقع، ويثبّته في Debian الأمر sudo apt install npm",
)
REDIS = Bilingual(
    "no Redis and no Valkey was found; on Debian: sudo apt install redis-server",
    "لم يوجد Redis ولا Valkey، ويثبّته في Debian الأمر sudo apt install redis-server",
)
MEMORY = Bilingual("only Linux keeps to a limit of memory", "لا يلتزم بحدّ للذاكرة إلا نظام Linux")
STARTER = Bilingual(
    "only Linux shows who has started a process", "لا يبيّن من شغّل العملية إلا نظام Linux"
)
STANDERS = Bilingual(
    "only Linux shows where a process stands", "لا يبيّن مكان العملية إلا نظام Linux"
)
OLD_PYTHON = Bilingual("Python 3.12 reads it", "يقرؤه Python 3.12")


def skip(reason: Bilingual) -> None:
    """Skips the test that asks."""
    pytest.skip(kept(reason))


def kept(reason: Bilingual) -> str:
    """The reason in both languages, as pytest can keep it."""
    return f"{reason.en}\n\n{reason.ar}"


def in_both(reason: str) -> Bilingual:
    """The reason of a skipped test, as it was kept."""
    english, _, arabic = reason.partition("\n\n")
    return Bilingual(english, arabic) if arabic else bilingual(reason)
