"""Opens pages of ``--format html`` in a browser without a window, and does with them what people do.

``python tests/browser/run.py NODE_MODULES [PICTURES]`` takes the folder where npm has put ``playwright-core`` and
``axe-core``; Chromium is looked for on the path. Node runs ``check.mjs`` on pages made here: of the real sheet,
of forms and office files, of many files, of sheets made to break out, and one with twenty thousand findings. With a
folder for PICTURES it also takes pictures of the pages to be looked at: light, dark, on a phone, at 200 %, on paper.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

import openpyxl

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
BAD = '<img src=x onerror="window.hit=1"><script>window.hit=1</script></script>${window.hit=1}&lt;b&gt;'
MANY = 20_000


def main(modules: str, pictures: str = "") -> int:
    """Make the pages and check them; the status is 1 where anything is wrong, 3 where there is no browser."""
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print("there is no Chromium here", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as made:
        pages = {name: str(page) for name, page in _pages(Path(made))}
        asked = {
            "modules": str(Path(modules).resolve()),
            "browser": browser,
            "pages": pages,
            "pictures": pictures,
            "only": os.environ.get("ONLY", ""),
        }
        command = ["node", str(Path(__file__).with_name("check.mjs")), json.dumps(asked)]
        return subprocess.run(command, check=False, timeout=900).returncode


def _pages(folder: Path) -> Iterator[tuple[str, Path]]:
    samples = ROOT / "samples"
    real = (samples / "liwan-jinhua.txt").read_text("utf-8")
    yield "real", _page(folder, "real", samples / "liwan-jinhua.txt")
    yield "english", _page(folder, "english", samples / "liwan-jinhua.txt", "--lang", "en")
    yield "form", _page(folder, "form", samples / "project-form.txt")
    yield "workbook", _page(folder, "workbook", samples / "files" / "project-form.xlsx")
    yield from _tables(folder, (samples / "project-form.txt").read_text("utf-8"))
    yield "sound", _page(folder, "sound", samples / "sound.txt")
    yield "folder", _page(folder, "folder", samples)
    hostile = folder / "hostile <img src=x onerror=hit>"
    hostile.mkdir()
    bad = real.replace("社区居民活动费", BAD).replace("财政专户拨款", BAD).replace("群众满意度", BAD)
    (hostile / "a<script>.txt").write_text(bad, encoding="utf-8")
    (hostile / "b.txt").write_text("项目名称\t" + BAD, encoding="utf-8")
    yield "hostile", _page(folder, "hostile", hostile)
    (folder / "large.txt").write_text(_large(real), encoding="utf-8")
    yield "large", _page(folder, "large", folder / "large.txt")
    (folder / "mended.txt").write_text(bad.replace("1010%", "100%"), encoding="utf-8")
    yield "comparison", _page(folder, "comparison", samples / "liwan-jinhua.txt", folder / "mended.txt", does="compare")
    several = folder / "several"
    several.mkdir()
    for number in range(200):
        shutil.copy(samples / ("liwan-jinhua.txt" if number % 20 == 0 else "amount.txt"), several / f"{number:03}.txt")
    yield "several", _page(folder, "several", several)


def _tables(folder: Path, form: str) -> Iterator[tuple[str, Path]]:
    """A workbook of which one worksheet is passed over, and a web page with two tables."""
    rows = [line.split("\t") for line in form.rstrip("\n").split("\n")]
    book = openpyxl.Workbook()
    for name, made in (("表", rows), ("电话", [["姓名", "电话"], ["张三", "020"]])):
        sheet = book.create_sheet(name)
        for row in made:
            sheet.append([cell or None for cell in row])
    book.remove(book.worksheets[0])
    book.save(folder / "passed.xlsx")
    yield "passed", _page(folder, "passed", folder / "passed.xlsx")
    cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    table = f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
    (folder / "tables.htm").write_text(f"<meta charset=utf-8>{table}{table}<p>填表人</p>", encoding="utf-8")
    yield "tables", _page(folder, "tables", folder / "tables.htm")


def _large(real: str) -> str:
    """The real sheet again and again, until there are so many findings."""
    lines = real.splitlines(keepends=True)
    return "".join(lines[:5] + lines[5:] * (MANY // 250))


def _page(folder: Path, name: str, *arguments: object, does: str = "lint") -> Path:
    page = folder / f"{name}.html"
    command = [sys.executable, "-m", "goalcheck", does, "--isolated", "--format", "html", "-o", str(page)]
    run = subprocess.run([*command, *map(str, arguments)], capture_output=True, check=False, cwd=ROOT)
    if not page.exists():
        raise SystemExit(f"no page of {name}: {run.stderr.decode()}")
    return page


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
