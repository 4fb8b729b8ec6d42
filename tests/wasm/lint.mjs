// Lints every file of a folder under WebAssembly, as the page in the browser does, and writes each report beside it.
// node lint.mjs PYODIDE PACKAGES FOLDER
import { pathToFileURL } from "node:url";

const [pyodide, packages, folder] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`).href);
const python = await loadPyodide({ env: { PYTHONHASHSEED: "0" } });
for (const [place, real] of [["/packages", packages], ["/sheets", folder]]) {
  python.FS.mkdirTree(place);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: real }, place);
}
python.runPython(`
import io, os, sys
sys.path.insert(0, "/packages")
os.chdir("/sheets")
from goalcheck.cli import main

for name in sorted(os.listdir(".")):
    for command in (["lint", name, "--isolated", "--format", "json"], ["convert", name]):
        before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = streams = [io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in before]
        try:
            main(command)
        except SystemExit as end:
            status = end.code
        finally:
            sys.stdout, sys.stderr = before
        for stream in streams:
            stream.flush()
        with open(f"{name}.{command[0]}", "wb") as file:
            file.write(b"%d\\n" % (status or 0) + b"".join(stream.buffer.getvalue() for stream in streams))
print(sys.version.split()[0], sys.platform)
`);
