"""Discovery: what is found under which uri, what is left out and said, what is an error."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tasks.errors import GongkaiError
from tasks.fetch import Skipped, discover


def uris(*paths: Path | str) -> list[str]:
    return [candidate.uri for candidate in discover([str(path) for path in paths]).candidates]


def write(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    return folder


def test_a_folder_gives_its_pages_by_relative_path_in_order(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a.html", "sub/deeper/c.HTM", "sub/a.TXT")
    assert uris(tmp_path) == ["a.html", "b.txt", "sub/a.TXT", "sub/deeper/c.HTM"]


def test_a_relative_folder_and_one_with_a_trailing_slash_give_the_same_uris(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "pages/sub/a.html")
    monkeypatch.chdir(tmp_path)
    assert uris("pages") == uris("./pages/") == uris(tmp_path / "pages") == ["sub/a.html"]
    monkeypatch.chdir(tmp_path / "pages")
    assert uris(".") == ["sub/a.html"]


def test_a_file_is_known_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, "sub/报告 2015.html")
    found = discover([str(tmp_path / "sub/报告 2015.html")])
    assert [(c.uri, c.media_type) for c in found.candidates] == [("报告 2015.html", "text/html")]


def test_a_glob_gives_paths_relative_to_its_fixed_part(tmp_path: Path) -> None:
    write(tmp_path, "p/2015/a.html", "p/2016/a.html", "p/2016/b.txt", "p/c.txt")
    assert uris(f"{tmp_path}/p/*/*.html") == ["2015/a.html", "2016/a.html"]
    assert uris(f"{tmp_path}/p/**/*.txt") == ["2016/b.txt", "c.txt"]
    assert uris(f"{tmp_path}/p/20*") == ["2015/a.html", "2016/a.html", "2016/b.txt"]


def test_a_file_whose_name_looks_like_a_glob_is_that_file(tmp_path: Path) -> None:
    write(tmp_path, "report[1].html", "report1.html")
    assert uris(tmp_path / "report[1].html") == ["report[1].html"]


def test_other_formats_and_odd_files_in_a_folder_are_left_out_with_the_reason(tmp_path: Path) -> None:
    write(tmp_path, "a.html", "report.json", "README")
    os.mkfifo(tmp_path / "pipe.html")
    (tmp_path / "dangling.html").symlink_to(tmp_path / "nowhere")
    assert {(s.uri, s.reason) for s in discover([str(tmp_path)]).skipped} == {
        ("report.json", "format .json is not read"),
        ("README", "format without suffix is not read"),
        ("pipe.html", "not a regular file"),
        ("dangling.html", "broken link"),
    }


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"{\\rtf1",
        b"\xff\xd8\xff\xe0",
        b"\xef\xbb\xbf\r\n<!DOCTYPE html>",
        b"<html><head>",
        b"From: <Saved by Blink>\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n",
    ],
)
def test_a_document_under_a_foreign_name_is_told_by_its_first_bytes(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "年报").write_bytes(content)
    (tmp_path / "2019.attach").write_bytes(content)
    assert uris(tmp_path) == ["2019.attach", "年报"]


def test_pictures_and_scripts_beside_a_saved_page_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, "年报.html", "年报_files/logo.png", "a.htm", "a.files/b.html", "scans_files/p.png")
    found = discover([str(tmp_path)])
    assert [c.uri for c in found.candidates] == ["a.htm", "scans_files/p.png", "年报.html"]
    assert {s.uri for s in found.skipped} == {"年报_files", "a.files"}


def test_hidden_files_and_folders_are_not_looked_at(tmp_path: Path) -> None:
    write(tmp_path, "a.html", ".hidden.html", ".git/b.html")
    found = discover([str(tmp_path)])
    assert ([c.uri for c in found.candidates], found.skipped) == (["a.html"], ())


def test_links_that_make_a_loop_end(tmp_path: Path) -> None:
    write(tmp_path, "a.html", "sub/b.html")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    assert uris(tmp_path) == ["a.html", "sub/b.html"]


def test_a_link_to_itself_is_left_out_and_the_rest_read(tmp_path: Path) -> None:
    (tmp_path / "a.html").touch()
    (tmp_path / "self").symlink_to(tmp_path / "self")
    found = discover([str(tmp_path)])
    assert [each.uri for each in found.candidates] == ["a.html"]
    assert found.skipped == (Skipped("self", "broken link"),)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look at everything")
def test_a_folder_whose_files_may_not_be_looked_at_is_left_out(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    for file in (tmp_path / "a.html", closed / "b.html"):
        file.touch()
    closed.chmod(0o444)  # listed, not entered
    found = discover([str(tmp_path)])
    closed.chmod(0o755)
    assert [each.uri for each in found.candidates] == ["a.html"]
    assert found.skipped == (Skipped("closed/b.html", "cannot be looked at: Permission denied"),)


def test_names_with_quotes_spaces_and_newlines_are_kept(tmp_path: Path) -> None:
    names = ["a 'b' \"c\".html", "line\nbreak.txt", "年度 报告（2015）.html"]
    write(tmp_path, *names)
    assert uris(tmp_path) == sorted(names)


def test_a_name_in_another_charset_becomes_printable_and_can_be_read(tmp_path: Path) -> None:
    with open(os.path.join(os.fsencode(tmp_path), "公开.html".encode("gbk")), "w") as file:  # noqa: PTH118, PTH123
        file.write("x")
    [candidate] = discover([str(tmp_path)]).candidates
    assert candidate.uri == "\\xb9\\xab\\xbf\\xaa.html"
    assert Path(candidate.path).read_text() == "x"


def test_the_same_file_named_twice_is_one_document(tmp_path: Path) -> None:
    write(tmp_path, "a.html")
    assert uris(tmp_path / "a.html", tmp_path, tmp_path / "." / "a.html") == ["a.html"]


def test_two_files_that_claim_the_same_uri_are_an_error_naming_both(tmp_path: Path) -> None:
    write(tmp_path, "x/a.html", "y/a.html")
    with pytest.raises(GongkaiError, match=r"x/a\.html.*y/a\.html.*'a\.html'.*parent folder"):
        discover([str(tmp_path / "x"), str(tmp_path / "y")])


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("missing", "There is no"),
        ("empty", "No pages in .*Give a folder"),
        ("data", r"No pages in .*\(1 other files there\)"),
        ("data/report.json", r"cannot be ingested: format \.json is not read"),
        ("*.html", "No pages in"),
    ],
)
def test_what_cannot_give_pages_is_an_error_naming_it(tmp_path: Path, path: str, words: str) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path, "data/report.json")
    with pytest.raises(GongkaiError, match=words) as error:
        discover([str(tmp_path / path)])
    assert path in str(error.value)
    assert error.value.advice
