"""What comes out of an archive: names and bytes of its files, within limits, whoever packed it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from tasks.archives import ArchiveError, Limits, LockedError, members
from tasks.kinds import ARCHIVES, kind_of
from tests.tasks.archives.made import (
    Members,
    rarred,
    seven_zipped,
    zipped,
    zipped_by_windows,
    zipped_with_password,
)

FILES = {"2019/县政府.txt": "一、概述".encode(), "2019/b.html": b"<p>x</p>" * 99}
PACKERS = pytest.mark.parametrize("pack", [zipped, seven_zipped, rarred])
Pack = Callable[[Members], bytes]


@PACKERS
def test_names_and_bytes_come_out_as_they_went_in(pack: Pack) -> None:
    archive = pack(FILES)
    assert kind_of(archive) in ARCHIVES
    assert {member.path: member.content for member in members(archive)} == FILES


def test_names_in_gbk_are_read() -> None:
    assert [m.path for m in members(zipped_by_windows({"年报a.": b"x"[:1]} | {"公开.x": b"y"}))][
        1
    ] == "公开.x"


@PACKERS
def test_a_path_that_leads_out_of_the_archive_is_no_member(pack: Pack) -> None:
    found = list(members(pack({"../../etc/passwd.txt": b"x", "/absolute/a.txt": b"y", "./b.txt": b"z"})))
    assert [(m.path, m.fault is None) for m in found] == [
        ("../../etc/passwd.txt", False),
        ("absolute/a.txt", True),
        ("b.txt", True),
    ]


def test_a_zip_with_a_password_says_so() -> None:
    with pytest.raises(LockedError):
        list(members(zipped_with_password(FILES)))


@PACKERS
def test_a_cut_archive_is_an_error_with_words(pack: Pack) -> None:
    archive = pack({"a.bin": bytes(range(256)) * 40})
    with pytest.raises(ArchiveError, match=r"\w{3}"):
        list(members(archive[: len(archive) // 2]))


@PACKERS
def test_more_members_than_the_limit_are_not_read(pack: Pack) -> None:
    with pytest.raises(ArchiveError, match="more than 3 members"):
        list(members(pack({f"{n}.txt": b"x" for n in range(9)}), replace(Limits(), members=3)))


@pytest.mark.parametrize("pack", [zipped, seven_zipped])
def test_a_bomb_is_not_unpacked(pack: Pack) -> None:
    archive = pack({"bomb.txt": bytes(30_000_000)})
    assert len(archive) < 100_000
    try:
        [member] = members(archive)
        assert "unpacks to more than" in (member.fault or "") and not member.content
    except ArchiveError as error:
        assert "unpacks to more than" in str(error)


def test_a_member_without_a_name_is_none() -> None:
    archive = zipped({"a.txt": b"x", "b.txt": b"y"}).replace(b"a.txt", b"\x00.txt")
    assert [member.path for member in members(archive)] == ["b.txt"]


def test_all_members_together_are_bounded() -> None:
    archive = zipped({f"{n}.bin": bytes(1_000_000) for n in range(9)}, zipfile.ZIP_STORED)
    with pytest.raises(ArchiveError, match="more than 3 MB"):
        list(members(archive, replace(Limits(), total_bytes=3_000_000)))
