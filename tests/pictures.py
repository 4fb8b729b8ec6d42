"""Makes the pictures of the documentation from the samples: ``python tests/pictures.py``, into ``docs/pictures``.

Pages are taken by Chromium, workbooks are printed by LibreOffice; both are looked for on the path. It needs
``pip install -e '.[pictures]'``. Fonts and versions
differ from computer to computer, so nothing compares the pictures: make them anew where what they show has changed, and
look at them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
WIDE = 1180  # pixels of a page in the browser
SHARP = 1.35  # pixels a point, of what is printed
MARGIN = 20
COLOURS = 128

FORM, SOUND = "申报表", "改后"


def main() -> int:
    """Make all pictures; the status is 2 where a program that is needed is not there."""
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    office = shutil.which("soffice")
    if browser is None or office is None:
        print("Chromium or LibreOffice is not here", file=sys.stderr)
        return 2
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        files = ROOT / "samples" / "files"
        for suffix in ("xlsx", "pdf"):
            shutil.copy(files / f"project-form.{suffix}", folder / f"{FORM}.{suffix}")
        shutil.copy(ROOT / "samples" / "project-form.txt", folder / f"{FORM}.txt")
        shutil.copy(ROOT / "samples" / "project-form-sound.txt", folder / f"{SOUND}.txt")
        shutil.copy(ROOT / "samples" / "liwan-jinhua.txt", folder / "金花街道.txt")

        _goalcheck(folder, "lint", f"{FORM}.xlsx", "--format", "html", "-o", "page.html")
        _shown(browser, folder / "page.html", "page.png", (0, 1010))
        _shown(browser, folder / "page.html", "page-sheet.png", (1860, 1000))
        _goalcheck(folder, "lint", "金花街道.txt", "--format", "html", "-o", "real.html")
        _shown(browser, folder / "real.html", "page-real.png", (0, 860))
        _goalcheck(folder, "compare", f"{FORM}.xlsx", f"{SOUND}.txt", "--format", "html", "-o", "compare.html")
        _shown(browser, folder / "compare.html", "compare.png", (0, 1000))
        _goalcheck(folder, "lint", f"{FORM}.xlsx", "--format", "xlsx", "-o", "list.xlsx")
        _printed(_as_pdf(office, folder / "list.xlsx"), 0, "list.png")
        _goalcheck(folder, "annotate", f"{FORM}.txt", f"{FORM}.pdf")
        marked = _as_pdf(office, folder / f"{FORM}.txt.批注.xlsx")
        _printed(marked, 0, "marked-list.png")
        _printed(marked, 1, "marked-sheet.png")
        _printed(folder / f"{FORM}.批注.pdf", 0, "marked-pdf.png")
    return 0


def _goalcheck(folder: Path, *arguments: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "goalcheck", *arguments], cwd=folder, check=False, capture_output=True, text=True
    )
    if run.returncode not in (0, 1):
        raise SystemExit(run.stderr)


def _shown(browser: str, page: Path, name: str, part: tuple[int, int]) -> None:
    """Keep of a page what lies ``part[0]`` pixels below its top, ``part[1]`` of them."""
    whole = page.with_suffix(".png")
    size = f"--window-size={WIDE},{sum(part)}"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", size, f"--screenshot={whole}"]
    subprocess.run([browser, *flags, page.as_uri()], check=True, capture_output=True, timeout=120)
    with Image.open(whole) as picture:
        _keep(picture.crop((0, part[0], WIDE, sum(part))), name)


def _as_pdf(office: str, book: Path) -> Path:
    home = f"-env:UserInstallation={(book.parent / 'office').as_uri()}"
    convert = [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(book.parent / "printed"), str(book)]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    return book.parent / "printed" / f"{book.stem}.pdf"


def _printed(document: Path, page: int, name: str) -> None:
    """Keep a page as it is printed, without the empty paper around it and the page number."""
    with pypdfium2.PdfDocument(document) as opened:
        picture = opened[page].render(scale=SHARP).to_pil().convert("RGB")
    width, height = picture.size
    paper = Image.new("RGB", (width, height * 9 // 10), "white")
    box = ImageChops.difference(picture.crop((0, 0, *paper.size)), paper).getbbox() or (0, 0, *paper.size)
    _keep(picture.crop((box[0] - MARGIN, box[1] - MARGIN, box[2] + MARGIN, box[3] + MARGIN)), name)


def _keep(picture: Image.Image, name: str) -> None:
    picture.convert("RGB").quantize(COLOURS).save(PICTURES / name, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
